/** Rows of different partitions have the same place (ctid): what is done to one of them is not done to the other. */
import type { IdConversion } from '../declaration';
import { createTrialDatabase, type TrialDatabase } from './trial-database';

const CONVERSION: IdConversion = {
  name: 'notes',
  service: 'user-service',
  owner: 'user-service',
  keys: [{ table: 'users', column: 'id' }],
  references: [
    { kind: 'array', table: 'notes', column: 'seen_by', to: 'users', dangling: 'quarantine' },
    { kind: 'column', table: 'logins', column: 'user_id', to: 'users', dangling: 'quarantine' },
  ],
};

let trial: TrialDatabase;
beforeAll(async () => {
  trial = await createTrialDatabase(CONVERSION, [
    `CREATE TABLE users (id int PRIMARY KEY)`,
    `INSERT INTO users SELECT generate_series(1, 9)`,
    ...['notes (seen_by int[]', 'logins (user_id int NOT NULL'].flatMap((columns) => {
      const [name] = columns.split(' ');
      return [
        `CREATE TABLE ${columns}, year int) PARTITION BY LIST (year)`,
        `CREATE TABLE ${name}_2025 PARTITION OF ${name} FOR VALUES IN (2025)`,
        `CREATE TABLE ${name}_2026 PARTITION OF ${name} FOR VALUES IN (2026)`,
      ];
    }),
    `INSERT INTO notes VALUES ('{1, 77}', 2025), ('{2}', 2026)`,
    `INSERT INTO logins VALUES (78, 2025), (2, 2026)`,
  ]);
});
afterAll(() => trial?.drop());

const notes = () => trial.query(`SELECT seen_by AS "seenBy", year FROM notes ORDER BY year, seen_by`);
const logins = () => trial.query(`SELECT user_id AS "user", year FROM logins ORDER BY year, user_id`);
const placesOf = async (table: string) =>
  (await trial.query<{ place: string }>(`SELECT DISTINCT ctid::text AS place FROM ${table}`)).length;

it('a reference to nothing is taken out of its row alone, and a row of its partition alone', async () => {
  expect([await placesOf('notes'), await placesOf('logins')]).toEqual([1, 1]);
  for (const phase of ['addUuidColumns', 'generateUuids', 'updateReferences'] as const) await trial.up(phase);
  expect(await notes()).toEqual([
    { seenBy: [1], year: 2025 },
    { seenBy: [2], year: 2026 },
  ]);
  expect(await logins()).toEqual([{ user: 2, year: 2026 }]);
});

it('what waits for a pair is filled in its partition alone', async () => {
  await trial.query(`TRUNCATE notes`);
  await trial.query(`INSERT INTO notes (seen_by, year) VALUES ('{50}', 2025), (NULL, 2026)`);
  expect(await placesOf('notes')).toBe(1);
  await trial.query(`INSERT INTO users (id) VALUES (50)`);
  await trial.up('switchPrimaryKeys');
  await trial.down('switchPrimaryKeys');
  expect(await notes()).toEqual([
    { seenBy: [50], year: 2025 },
    { seenBy: null, year: 2026 },
  ]);
});

it('on the way back it is put into its row alone', async () => {
  await trial.query(`TRUNCATE notes`);
  await trial.query(`INSERT INTO notes (seen_by, year) VALUES ('{1}', 2025), ('{1}', 2026)`);
  expect(await placesOf('notes')).toBe(1);
  await trial.down('updateReferences');
  expect(await notes()).toEqual([
    { seenBy: [1, 77], year: 2025 },
    { seenBy: [1], year: 2026 },
  ]);
  expect(await logins()).toEqual([
    { user: 78, year: 2025 },
    { user: 2, year: 2026 },
  ]);
});
