import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DatabaseModule } from '../database/database.module';
import { itRefusesUnknownParameters, useService } from '../testing';
import { Squad } from '../testing/specimen/entities';
import { specimenDatabase } from '../testing/specimen/specimen-database';
import { SquadListController } from '../testing/specimen/squad-list.controller';
import { SquadPagesController } from '../testing/specimen/squad-pages.controller';

@Module({
  imports: [DatabaseModule.forService(specimenDatabase), TypeOrmModule.forFeature([Squad])],
  controllers: [SquadListController, SquadPagesController],
})
class ListsModule {}

const context = useService(ListsModule, specimenDatabase);

it('is given whole', async () => {
  await context.dataSource().manager.insert(Squad, [{ name: 'U14' }, { name: 'U12' }, { name: 'U10' }]);
  const { body } = await context.http().get('/squad-pages/whole').expect(200);
  expect(body.map(({ name }: Squad) => name)).toEqual(['U10', 'U12', 'U14']);
});

it('is documented as a list', async () => {
  const { body } = await context.http().get('/docs-json').expect(200);
  expect(body.paths['/squad-pages/whole'].get.responses['200'].content['application/json'].schema).toEqual({
    type: 'array',
    items: { $ref: '#/components/schemas/SquadResource' },
  });
});

describe('unknown parameters', () => {
  itRefusesUnknownParameters(context, ['/squad-list', '/squad-pages', '/squad-pages/whole']);
});
