/** One of everything, with rows in every table: through the five phases and all the way back. */
import { compareSchemas, readSchema, type Schema } from '../../catalog/schema';
import type { IdConversion } from '../declaration';
import { readFacts } from '../inspect/read-facts';
import { SPECIMEN_CONVERSION, SPECIMEN_PARTITIONED_REFERENCES } from '../inspect/specimen-declaration';
import { SPECIMEN_PARTITIONED_ROWS, specimenRows } from '../inspect/specimen/rows';
import { SPECIMEN_SCHEMA } from '../inspect/specimen/schema';
import { twinsOf } from '../twins';
import { faceOf } from './catalog-face';
import { RowMeanings, type Meanings } from './row-meanings';
import { createTrialDatabase, PHASE_NAMES, type TrialDatabase } from './trial-database';

const USERS = 30;

const CONVERSION: IdConversion = {
  ...SPECIMEN_CONVERSION,
  references: [...SPECIMEN_CONVERSION.references, ...SPECIMEN_PARTITIONED_REFERENCES],
};
const TABLES = [...new Set(twinsOf(CONVERSION).map(({ table }) => table)), 'settings'];
const LABELS = { users: 'email', teams: 'name', 'club.clubs': 'name', matches: 'code', awards: 'title' };

/** What a conversion changes of a schema besides the types of the declared columns: seen from the schema that it ends in. */
const WHAT_BECAME_OF_KEYS = [
  'awards.id: default is gen_random_uuid(), expected none',
  'club.clubs.id: default is gen_random_uuid(), expected none',
  'club.clubs.id: identity is none, expected by default',
  "match_events.participants: default is '{}'::uuid[], expected '{}'::integer[]",
  "matches.id: default is gen_random_uuid(), expected nextval('match_numbers'::regclass)",
  'teams.id: default is gen_random_uuid(), expected none',
  'teams.id: identity is none, expected always',
  "users.id: default is gen_random_uuid(), expected nextval('users_id_seq'::regclass)",
  'users_id_seq: the sequence is missing',
  'sequence club.clubs_id_seq: is missing, expected start -5 increment 1 from -32768 to 32767 cache 1',
  'sequence teams_id_seq: is missing, expected start 1 increment 1 from 1 to 9223372036854775807 cache 1',
  'sequence users_id_seq: is missing, expected start 1 increment 1 from 1 to 2147483647 cache 1',
];

let trial: TrialDatabase;
let meanings: RowMeanings;
let before: { readonly rows: Meanings; readonly schema: Schema; readonly face: unknown };

const face = async () => faceOf(await readFacts(trial.query, CONVERSION));

beforeAll(async () => {
  trial = await createTrialDatabase(CONVERSION, [
    ...SPECIMEN_SCHEMA,
    ...specimenRows(USERS),
    ...SPECIMEN_PARTITIONED_ROWS,
  ]);
  meanings = new RowMeanings({ conversion: CONVERSION, tables: TABLES, labels: LABELS });
  before = {
    rows: await meanings.read(trial.query),
    face: await face(),
    schema: await readSchema(trial.query),
  };
});
afterAll(() => trial?.drop());

it('is a schema of more than 15 tables with rows in every one', () => {
  expect(TABLES.length).toBeGreaterThan(15);
  expect(TABLES.filter((table) => before.rows[table]!.length === 0)).toEqual([]);
});

it.each(PHASE_NAMES.map((phase, index) => [phase, index] as const))(
  '%s leaves every row with its meaning, to clients of both shapes',
  async (phase, index) => {
    await trial.up(phase);
    expect(await meanings.read(trial.query)).toEqual(before.rows);
    if (index < PHASE_NAMES.indexOf('removeNumericIds')) {
      expect(await meanings.readAsClient(trial.as.numeric)).toEqual(before.rows);
    }
    if (index >= PHASE_NAMES.indexOf('updateReferences')) {
      expect(await meanings.readAsClient(trial.as.uuid)).toEqual(before.rows);
    }
  },
);

it('the first phase has said what somebody should look at', () => {
  expect(trial.warnings).toEqual([
    'user-service: awards.id: it takes its numbers from no sequence. A row that a new client inserts by its UUID alone gets a negative number, ' +
      'for old clients and for the way back.',
  ]);
});

it('then everything of the catalog is there in its form for UUIDs, and nothing else', async () => {
  const { catalog } = before.schema;
  const types = twinsOf(CONVERSION).flatMap(({ table, column }) => {
    const { type } = catalog.tables[table]!.columns.find(({ name }) => name === column)!;
    const uuid = type.endsWith('[]') ? 'uuid[]' : 'uuid';
    const isText = ['jsonb', 'character varying(64)'].includes(type);
    return isText ? [] : [`${table}.${column}: type is ${uuid}, expected ${type}`];
  });
  const ofPartitions = ['practice_logs_2025', 'practice_logs_later', 'club.practice_logs_rest'].flatMap(
    (partition) =>
      ['member_id', 'coach_id'].map((column) => `${partition}.${column}: type is uuid, expected integer`),
  );
  const now = await readSchema(trial.query);
  const differences = compareSchemas(now, before.schema).filter((line) => !/\buuid_ids\b/.test(line));
  expect([...differences].sort()).toEqual([...types, ...ofPartitions, ...WHAT_BECAME_OF_KEYS].sort());
  expect(await face()).toEqual(before.face);
});

it.each([...PHASE_NAMES].reverse())('%s, taken back, leaves every row with its meaning', async (phase) => {
  await trial.down(phase);
  expect(await meanings.read(trial.query)).toEqual(before.rows);
});

it('in the end the catalog is what it was before', async () => {
  expect(compareSchemas(await readSchema(trial.query), before.schema)).toEqual([]);
  expect(await face()).toEqual(before.face);
});
