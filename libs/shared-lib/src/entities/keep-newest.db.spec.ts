import { Column, Entity, type DataSource } from 'typeorm';
import { createDataSource } from '../database/data-source';
import { createTestDatabase, testDatabaseConfig, type TestDatabase } from '../testing';
import { keepNewest, type News } from './keep-newest';
import { keepTombstone } from './keep-tombstone';
import { KnownRow } from './known-row';

@Entity('known_clubs')
class KnownClub extends KnownRow {
  @Column('text', { nullable: true })
  clubName!: string | null;
}

const ID = '019aa000-0000-7000-8000-000000000001';
const NOW = new Date('2026-11-22T20:00:00Z');

let database: TestDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  database = await createTestDatabase();
  dataSource = createDataSource({
    service: 'training-service',
    entities: [KnownClub],
    config: testDatabaseConfig(database.url),
  });
  await dataSource.initialize();
  await dataSource.synchronize();
});
beforeEach(() => dataSource.getRepository(KnownClub).clear());
afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

const keep = (...all: Omit<News<KnownClub>, 'id'>[]) =>
  dataSource.transaction(async (manager) => {
    for (const news of all) await keepNewest(manager, KnownClub, { id: ID, ...news });
  });
const stored = () => dataSource.getRepository(KnownClub).findOneByOrFail({ id: ID });

it('keeps what it is told, and then what is newer', async () => {
  await keep({ sequence: 0, clubName: 'Before there were events' });
  expect(await stored()).toMatchObject({
    sequence: 0,
    clubName: 'Before there were events',
    deletedAt: null,
  });
  await keep({ sequence: 1, clubName: 'IFK' }, { sequence: 2, clubName: 'HIFK' });
  expect(await stored()).toMatchObject({ sequence: 2, clubName: 'HIFK' });
});

it('ignores what is older, and what comes twice changes nothing', async () => {
  await keep({ sequence: 2, clubName: 'HIFK' }, { sequence: 1, clubName: 'IFK' });
  await keep({ sequence: 2, clubName: 'HIFK' });
  expect(await stored()).toMatchObject({ sequence: 2, clubName: 'HIFK' });
});

it('leaves a tombstone that keeps what it was not told to forget, and that older news cannot wake', async () => {
  await keep(
    { sequence: 1, clubName: 'IFK' },
    { sequence: 3, deletedAt: NOW },
    { sequence: 2, clubName: 'HIFK' },
  );
  expect(await stored()).toMatchObject({ sequence: 3, clubName: 'IFK', deletedAt: NOW });
  await keep({ sequence: 4, clubName: null });
  expect(await stored()).toMatchObject({ clubName: null, deletedAt: NOW });
});

it('moves updatedAt and not createdAt', async () => {
  await keep({ sequence: 1, clubName: 'IFK' });
  const before = await stored();
  await keep({ sequence: 2, clubName: 'HIFK' });
  const after = await stored();
  expect(after.createdAt).toEqual(before.createdAt);
  expect(after.updatedAt.getTime()).toBeGreaterThanOrEqual(before.updatedAt.getTime());
  const [{ moved }] = await dataSource.query<[{ moved: boolean }]>(
    `SELECT "updated_at" > "created_at" AS moved FROM "known_clubs"`,
  );
  expect(moved).toBe(true);
});

it('keeps sequences that 32 bits cannot', async () => {
  await keep({ sequence: 2 ** 40, clubName: 'IFK' });
  expect((await stored()).sequence).toBe(2 ** 40);
});

it('buries what it knows, and nothing else', async () => {
  const bury = (sequence: number) =>
    keepTombstone(dataSource.manager, KnownClub, { id: ID, sequence, deletedAt: NOW });
  await bury(1);
  expect(await dataSource.getRepository(KnownClub).count()).toBe(0);
  await keep({ sequence: 3, clubName: 'IFK' });
  await bury(2);
  expect(await stored()).toMatchObject({ sequence: 3, deletedAt: null });
  await bury(4);
  expect(await stored()).toMatchObject({ sequence: 4, clubName: 'IFK', deletedAt: NOW });
});
