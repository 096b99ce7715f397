import { createEntityWorkspace, type EntityWorkspace } from '../testing/entity-workspace';

const CLUB = `
@Entity('clubs')
class Club {
  @PrimaryColumn('int') id!: number;
}
`;

let workspace: EntityWorkspace;
afterEach(() => workspace?.fixture.remove());

it.each(['synchronize', 'dropSchema', 'migrationsRun'])(
  'refuses a data source that would change the database by itself: %s',
  async (option) => {
    // As a service may put its DataSource together without the shared lib, which never has these.
    const entities = `
      import { DataSource } from 'typeorm';
      ${CLUB}
      export const byHand = new DataSource({ type: 'postgres', entities: [Club], ${option}: true });
    `;
    workspace = await createEntityWorkspace({ entities });
    await expect(workspace.generate()).rejects.toMatchObject({
      code: 'SYNCHRONIZE_ON',
      message:
        `user-service: the DataSource in apps/user-service/src/data-source.ts has ${option} on, so the service would change its ` +
        'database by itself, past the migrations. Take it out; `createDataSource` of the shared lib never has it.',
    });
  },
);

it('tells which statement Postgres refuses of what the entities say', async () => {
  workspace = await createEntityWorkspace({
    entities: CLUB.replace("('int')", "('int', { default: () => 'nonsense()' })"),
  });
  await expect(workspace.generate()).rejects.toMatchObject({
    code: 'ENTITIES_INVALID',
    message: expect.stringMatching(/: function nonsense\(\) does not exist\.\n {2}in: CREATE TABLE "clubs"/),
  });
});

it('makes the schemas that entities name', async () => {
  workspace = await createEntityWorkspace({
    entities: CLUB.replace("'clubs'", "'clubs', { schema: 'auth' }"),
  });
  const { printed } = await workspace.generate({ dryRun: true });
  expect(printed).toContain('create schema if not exists "auth"');
  expect(printed).toContain('create table "auth"."clubs"');
});
