/**
 * A partitioned table whose partitions come while it is converted: one before every phase, there and back. In the end it is what it would be
 * if it had never been converted, to the names of the indexes of each partition.
 */
import { compareSchemas, readSchema, type Schema } from '../../catalog/schema';
import type { IdConversion } from '../declaration';
import { createTrialDatabase, PHASE_NAMES, type TrialDatabase } from './trial-database';

const SCHEMA = [
  `CREATE TABLE users (id serial PRIMARY KEY, name text NOT NULL UNIQUE)`,
  `INSERT INTO users (name) SELECT 'user ' || n FROM generate_series(1, 20) n`,
  `CREATE TABLE events (
     user_id int NOT NULL REFERENCES users (id) ON DELETE CASCADE, seen_by_id int, year int NOT NULL, UNIQUE (user_id, year)
   ) PARTITION BY LIST (year)`,
  `CREATE INDEX ON events (seen_by_id, year)`,
];
/** Every other one of two levels. */
const partition = (year: number) =>
  year % 2 === 0
    ? [`CREATE TABLE events_${year} PARTITION OF events FOR VALUES IN (${year})`]
    : [
        `CREATE TABLE events_${year} PARTITION OF events FOR VALUES IN (${year}) PARTITION BY LIST (year)`,
        `CREATE TABLE events_${year}_all PARTITION OF events_${year} DEFAULT`,
      ];
const CONVERSION: IdConversion = {
  name: 'events',
  service: 'user-service',
  owner: 'user-service',
  keys: [{ table: 'users', column: 'id' }],
  references: [
    { kind: 'column', table: 'events', column: 'user_id', to: 'users' },
    { kind: 'column', table: 'events', column: 'seen_by_id', to: 'users' },
  ],
};

const FIRST = 2000;
/** Before the first phase, after each one, and after the way back of each. */
const YEARS = Array.from({ length: 1 + 2 * PHASE_NAMES.length }, (_, index) => FIRST + index);
const insert = (year: number) =>
  `INSERT INTO events (user_id, seen_by_id, year) SELECT u.id, v.id, ${year} FROM users u JOIN users v ON v.name = 'user 7'`;

let unconverted: Schema;
let trial: TrialDatabase;
beforeAll(async () => {
  const plain = await createTrialDatabase(CONVERSION, [...SCHEMA, ...YEARS.flatMap(partition)]);
  unconverted = await readSchema(plain.query);
  await plain.drop();
  trial = await createTrialDatabase(CONVERSION, [...SCHEMA, ...partition(FIRST), insert(FIRST)]);
});
afterAll(() => trial?.drop());

async function come(year: number): Promise<void> {
  for (const statement of [...partition(year), insert(year)]) await trial.query(statement);
}
const rows = () =>
  trial.query(`SELECT e.year, count(*)::int AS users, count(DISTINCT v.name)::int AS seen_by, min(v.name) AS name
                 FROM events e JOIN users u ON u.id = e.user_id JOIN users v ON v.id = e.seen_by_id GROUP BY e.year ORDER BY e.year`);
const expectedUpTo = (year: number) =>
  YEARS.filter((one) => one <= year).map((one) => ({ year: one, users: 20, seen_by: 1, name: 'user 7' }));

it.each(PHASE_NAMES.map((phase, index) => [phase, FIRST + 1 + index] as const))(
  'up %s',
  async (phase, year) => {
    await trial.up(phase);
    await come(year);
    expect(await rows()).toEqual(expectedUpTo(year));
  },
);

it('then all names and definitions are those of a table that was never converted', async () => {
  const come = YEARS.filter((year) => year <= FIRST + PHASE_NAMES.length);
  const isOfThem = (line: string) =>
    come.some((year) => line.startsWith(`events_${year}`)) || line.startsWith('events:');
  const differences = compareSchemas(await readSchema(trial.query), unconverted).filter(isOfThem);
  expect(differences.filter((line) => !line.endsWith('_id: type is uuid, expected integer'))).toEqual([]);
});

it.each([...PHASE_NAMES].reverse().map((phase, index) => [phase, FIRST + 6 + index] as const))(
  'down %s',
  async (phase, year) => {
    await trial.down(phase);
    await come(year);
    expect(await rows()).toEqual(expectedUpTo(year));
  },
);

it('in the end it is as if it had never been converted', async () => {
  expect(compareSchemas(await readSchema(trial.query), unconverted)).toEqual([]);
});
