/** Old ids and new ones over HTTP, in a database with a conversion and in one without. */
import { Module } from '@nestjs/common';
import { DatabaseModule } from '../../database/database.module';
import { defineIdMaps } from '../../events/contracts/id-map';
import { MessagingModule } from '../../outbox/messaging.module';
import { messagingEntities } from '../../outbox/tables/messaging-entities';
import { useService } from '../../testing';
import { IdMapModule } from '../id-map.module';
import { ID_MAP_TABLES_V1, registerIdMapV1, unregisterIdMapV1 } from '../tables/v1';

const service = 'club-service';
const SEVEN = '019aa000-0000-7000-8000-000000000007';
const HUGE = { number: '9223372036854775807', uuid: '019aa000-0000-7000-8000-000000000009' };

@Module({
  imports: [
    DatabaseModule.forService({ service, entities: messagingEntities }),
    MessagingModule.forService({ service, events: [], subscriptions: {} }),
    IdMapModule.forService({ service, owns: defineIdMaps(service) }),
  ],
})
class ClubModule {}

const { http, dataSource } = useService(ClubModule, { service, entities: messagingEntities, migrations: [] });

async function run(statements: readonly string[]): Promise<void> {
  for (const statement of statements) await dataSource().query(statement);
}

describe('without a conversion', () => {
  test.each(['/id-map/users/7', `/id-map/users/by-uuid/${SEVEN}`])('%s is not found', async (path) => {
    const { body } = await http().get(path).expect(404);
    expect(body).toMatchObject({
      code: 'ID_MAP_NOT_FOUND',
      detail: expect.stringMatching(/^club-service has no id map "users": its ids were never converted/),
    });
  });
});

describe('with one', () => {
  beforeAll(() =>
    run([
      'CREATE SCHEMA id_conversion',
      'CREATE TABLE id_conversion.users_ids (number bigint PRIMARY KEY, uuid uuid NOT NULL UNIQUE)',
      `INSERT INTO id_conversion.users_ids VALUES (7, '${SEVEN}'), (${HUGE.number}, '${HUGE.uuid}'), (-3, gen_random_uuid())`,
      ...ID_MAP_TABLES_V1,
      ...registerIdMapV1({ map: 'users', table: 'users_ids', owner: service }),
      ...registerIdMapV1({ map: 'foreign', table: 'foreign_ids', owner: 'fan-service' }),
    ]),
  );

  it('finds a pair by either half, whatever the letters of the UUID look like', async () => {
    const seven = { number: '7', uuid: SEVEN };
    expect((await http().get('/id-map/users/7').expect(200)).body).toEqual(seven);
    expect((await http().get(`/id-map/users/by-uuid/${SEVEN.toUpperCase()}`).expect(200)).body).toEqual(
      seven,
    );
    expect((await http().get(`/id-map/users/${HUGE.number}`).expect(200)).body).toEqual(HUGE);
    expect((await http().get('/id-map/users/-3').expect(200)).body).toMatchObject({ number: '-3' });
  });

  it('says what it does not have', async () => {
    const code = async (path: string) => (await http().get(path).expect(404)).body.code as string;
    expect(await code('/id-map/users/8')).toBe('ID_NOT_MAPPED');
    expect(await code('/id-map/users/by-uuid/019aa000-0000-7000-8000-000000000008')).toBe('ID_NOT_MAPPED');
    expect(await code('/id-map/teams/7')).toBe('ID_MAP_NOT_FOUND');
    // Here is a copy of it; its owner answers for it.
    expect(await code('/id-map/foreign/7')).toBe('ID_MAP_NOT_FOUND');
  });

  test.each([
    '/id-map/users/seven',
    '/id-map/users/7.5',
    '/id-map/users/9223372036854775808',
    '/id-map/users/by-uuid/7',
    `/id-map/${'u'.repeat(128)}/7`,
  ])('%s is no question', async (path) => {
    expect((await http().get(path).expect(400)).body.code).toBe('VALIDATION_FAILED');
  });

  it('looks many up at once, each once and in the order of the numbers', async () => {
    const numbers = [HUGE.number, '7', '7', '8'];
    const { body } = await http()
      .post('/id-map/users/lookup')
      .send({ numbers, uuids: [SEVEN] })
      .expect(200);
    expect(body).toEqual([{ number: '7', uuid: SEVEN }, HUGE]);
    expect((await http().post('/id-map/users/lookup').send({}).expect(200)).body).toEqual([]);
    await http().post('/id-map/teams/lookup').send({ numbers }).expect(404);
  });

  it('looks a thousand up at once, and no more', async () => {
    const numbers = Array.from({ length: 1_001 }, (_, index) => String(index));
    await http().post('/id-map/users/lookup').send({ numbers }).expect(400);
    const { body } = await http()
      .post('/id-map/users/lookup')
      .send({ numbers: numbers.slice(1) })
      .expect(200);
    expect(body).toEqual([{ number: '7', uuid: SEVEN }]);
    await http()
      .post('/id-map/users/lookup')
      .send({ numbers: [7] })
      .expect(400);
  });

  it('answers in SQL, too, and says which id map is not there', async () => {
    const [row] = await dataSource().query(
      `SELECT id_conversion.uuid_of('users', 7) AS uuid, id_conversion.number_of('users', $1)::text AS number,
              id_conversion.uuid_of('users', 8) AS nothing, id_conversion.uuid_of('users', NULL) AS of_nothing`,
      [SEVEN],
    );
    expect(row).toEqual({ uuid: SEVEN, number: '7', nothing: null, of_nothing: null });
    await expect(dataSource().query(`SELECT id_conversion.uuid_of('teams', 7)`)).rejects.toMatchObject({
      driverError: { code: '42704', message: 'there is no id map teams in this database' },
    });
    await run(unregisterIdMapV1('foreign'));
    await expect(
      dataSource().query(`SELECT id_conversion.number_of('foreign', $1)`, [SEVEN]),
    ).rejects.toMatchObject({ driverError: { code: '42704' } });
  });
});
