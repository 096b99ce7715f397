import { createTestDatabase, type TestDatabase } from '@hockey-hub/shared-lib/src/testing/test-database';
import type { Client } from 'pg';
import { connect } from '../../pg/connect';
import { queryOf, type Query } from '../../pg/query';
import type { IdConversion } from '../declaration';
import { readFacts } from '../inspect/read-facts';
import { makeIdMaps } from '../pairing/id-maps';
import { pairingTriggers } from '../pairing/pairing-triggers';
import { addTwins } from '../pairing/twin-columns';
import { registerConversion } from '../state/conversions';
import { ensureState } from '../state/ensure-state';
import { twinsOf } from '../twins';
import { proveTwin } from './prove-twin';

const WORKOUTS: IdConversion = {
  name: 'users',
  service: 'training-service',
  owner: 'user-service',
  keys: [{ table: 'users', column: 'id' }],
  references: [
    { kind: 'column', table: 'workouts', column: 'createdBy', to: 'users' },
    { kind: 'array', table: 'workouts', column: 'playerIds', to: 'users' },
    { kind: 'json', table: 'workouts', column: 'plan', path: 'coaches[*]', to: 'users' },
    { kind: 'json', table: 'workouts', column: 'plan', path: 'lines[*].captain', to: 'users' },
    {
      ...{ kind: 'polymorphic', table: 'workouts', column: 'subject', to: 'users' },
      ...{ typeColumn: 'type', typeValue: 'user' },
    },
  ],
};

/** Written with the triggers at work, so both halves are there. Users 1 to 9 exist. */
const ROWS = `
  INSERT INTO workouts VALUES
    (1, 1, '{1,2,3}', '{"coaches": [1, "2", "nobody", null], "lines": [{"captain": 3, "name": "first"}], "rink": 7}', 'user', '4'),
    (2, 2, '{3,NULL,3}', '{"coaches": 5}', 'team', '4'),
    (3, NULL, '{}', '[]', 'user', 'nobody'),
    (4, 3, NULL, NULL, NULL, NULL)`;

let test: TestDatabase;
let client: Client;
let query: Query;
beforeEach(async () => {
  test = await createTestDatabase();
  client = await connect(test.url, 'test');
  query = queryOf(client);
  await query(
    'CREATE TABLE workouts (id int PRIMARY KEY, "createdBy" int, "playerIds" int[], plan jsonb, type text, subject text)',
  );
  await ensureState(query);
  await registerConversion(query, WORKOUTS);
  const facts = await readFacts(query, WORKOUTS);
  for (const sql of [...makeIdMaps(WORKOUTS, facts), ...addTwins(WORKOUTS, facts)]) await query(sql);
  for (const sql of pairingTriggers(WORKOUTS, await readFacts(query, WORKOUTS), 'numeric')) await query(sql);
  await query(
    `INSERT INTO id_conversion.users_ids SELECT n, ('00000000-0000-7000-8000-00000000000' || n)::uuid FROM generate_series(1, 9) AS n`,
  );
  await query(ROWS);
  // What is written from here on comes past the triggers.
  await query('SET session_replication_role = replica');
});
afterEach(async () => {
  await client?.end();
  await test?.drop();
});

/** By column: how many rows are wrong, and whether the checksums say the same. */
async function proofs() {
  const found: Record<string, { readonly wrong: number; readonly agrees: boolean }> = {};
  for (const twin of twinsOf(WORKOUTS).filter(({ role }) => role === 'reference')) {
    const { column, wrong, numberChecksum, uuidChecksum } = await proveTwin(query, twin, 'numeric');
    found[column] = { wrong: Number(wrong), agrees: numberChecksum === uuidChecksum };
  }
  return found;
}
const FINE = { wrong: 0, agrees: true };
const ALL_FINE = { createdBy: FINE, playerIds: FINE, plan: FINE, subject: FINE };

it('proves columns, arrays, documents with two references, and pairs of type and id', async () => {
  expect(await proofs()).toEqual(ALL_FINE);
});

it.each([
  [
    'another user in a column',
    'createdBy',
    `"createdBy_uuid" = (SELECT uuid FROM id_conversion.users_ids WHERE number = 9)`,
  ],
  [
    'two players who changed places',
    'playerIds',
    `"playerIds_uuid" = "playerIds_uuid"[2:2] || "playerIds_uuid"[1:1] || "playerIds_uuid"[3:3]`,
  ],
  ['a player less', 'playerIds', `"playerIds_uuid" = "playerIds_uuid"[1:2]`],
  ['another coach', 'plan', `plan_uuid = jsonb_set(plan_uuid, '{coaches,0}', plan_uuid #> '{coaches,1}')`],
  [
    'another captain',
    'plan',
    `plan_uuid = jsonb_set(plan_uuid, '{lines,0,captain}', plan_uuid #> '{coaches,1}')`,
  ],
  ['something else in the document', 'plan', `plan_uuid = jsonb_set(plan_uuid, '{rink}', '8')`],
  [
    'something else that is in a place of a reference, and none',
    'plan',
    `plan_uuid = jsonb_set(plan_uuid, '{coaches,2}', '"somebody"')`,
  ],
  [
    'a coach more',
    'plan',
    `plan_uuid = jsonb_set(plan_uuid, '{coaches}', (plan_uuid -> 'coaches') || (plan_uuid #> '{coaches,0}'))`,
  ],
  ['a coach less', 'plan', `plan_uuid = plan_uuid #- '{coaches,0}'`],
  [
    'a UUID that nobody has, where nothing is',
    'plan',
    `plan_uuid = jsonb_set(plan_uuid, '{coaches,3}', '"00000000-0000-7000-8000-0000000000ff"')`,
  ],
  ['another name beside a captain', 'plan', `plan_uuid = jsonb_set(plan_uuid, '{lines,0,name}', '"second"')`],
  ['something else than the lines', 'plan', `plan_uuid = jsonb_set(plan_uuid, '{lines}', 'null')`],
  [
    'another subject',
    'subject',
    `subject_uuid = (SELECT uuid::text FROM id_conversion.users_ids WHERE number = 9)`,
  ],
])('finds %s', async (_, column, change) => {
  await query(`UPDATE workouts SET ${change} WHERE id = 1`);
  expect(await proofs()).toEqual({ ...ALL_FINE, [column]: { wrong: 1, agrees: false } });
});

it('finds a subject of another type that is not the same any more', async () => {
  await query(`UPDATE workouts SET subject_uuid = '5' WHERE id = 2`);
  expect(await proofs()).toEqual({ ...ALL_FINE, subject: { wrong: 1, agrees: false } });
});

it('takes a number that is written in two ways for the same, and a UUID in capitals', async () => {
  await query(`UPDATE workouts SET plan = jsonb_set(plan, '{coaches,0}', '"1"') WHERE id = 1`);
  await query(`UPDATE workouts SET subject_uuid = upper(subject_uuid) WHERE id = 1`);
  expect(await proofs()).toEqual(ALL_FINE);
});
