import { createTestDatabase, type TestDatabase } from '@hockey-hub/shared-lib/src/testing/test-database';
import type { Client } from 'pg';
import { connect } from '../../pg/connect';
import { queryOf, type Query } from '../../pg/query';
import type { ConversionDatabase } from '../conversion-database';
import { conversionDatabaseOver } from '../conversion-database-over';
import type { DanglingPolicy, IdConversion } from '../declaration';
import { readFacts } from '../inspect/read-facts';
import { databaseClock } from '../phases/database-clock';
import { makeIdMaps } from '../pairing/id-maps';
import { pairingTriggers } from '../pairing/pairing-triggers';
import { relaxNotNull } from '../pairing/relax-not-null';
import { addTwins } from '../pairing/twin-columns';
import { registerConversion } from '../state/conversions';
import { ensureState } from '../state/ensure-state';
import { bringBackDangling, danglingReferences, decideDangling } from './dangling';

/** A service that only refers to users: no foreign keys, so anything can stand there. Users 1 to 9 exist. */
const SCHEMA = `
  CREATE TABLE workouts (id int PRIMARY KEY, "createdBy" int, "playerIds" int[], plan jsonb);
  CREATE TABLE loads (player int NOT NULL, load numeric, half numeric GENERATED ALWAYS AS (load / 2) STORED);
  CREATE TABLE notes (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, type text, subject varchar(64));
  INSERT INTO workouts VALUES
    (1, 1, '{1,2,3}', '{"coaches": [1, 2], "lines": [{"captain": 3}]}'),
    (2, 77, '{70,1,71,NULL,72}', '{"coaches": [70, 1, "71", 2, 72], "lines": [{"captain": 70}, {"captain": 1}, {"x": [70]}]}'),
    (3, NULL, NULL, NULL),
    (4, 78, '{73}', '{"coaches": [73], "lines": [{"captain": null}]}');
  INSERT INTO loads (player, load) VALUES (1, 2), (79, 4), (2, 6);
  INSERT INTO notes (type, subject) VALUES ('user', '1'), ('user', '80'), ('session', '80'), ('user', 'nobody');
`;

const conversionWith = (dangling: DanglingPolicy): IdConversion => ({
  name: 'users',
  service: 'training-service',
  owner: 'user-service',
  keys: [{ table: 'users', column: 'id' }],
  references: [
    { kind: 'column', table: 'workouts', column: 'createdBy', to: 'users', dangling },
    { kind: 'array', table: 'workouts', column: 'playerIds', to: 'users', dangling },
    { kind: 'json', table: 'workouts', column: 'plan', path: 'coaches[*]', to: 'users', dangling },
    { kind: 'json', table: 'workouts', column: 'plan', path: 'lines[*].captain', to: 'users', dangling },
    {
      kind: 'column',
      table: 'loads',
      column: 'player',
      to: 'users',
      dangling: dangling === 'set-null' ? 'quarantine' : dangling,
    },
    {
      kind: 'polymorphic',
      table: 'notes',
      column: 'subject',
      to: 'users',
      typeColumn: 'type',
      typeValue: 'user',
      dangling,
    },
  ],
});

let test: TestDatabase;
let client: Client;
let query: Query;
let database: ConversionDatabase;
beforeEach(async () => {
  test = await createTestDatabase();
  client = await connect(test.url, 'test');
  query = queryOf(client);
  database = conversionDatabaseOver(client, 'training-service', test.url);
  await query(SCHEMA);
  const conversion = conversionWith('fail');
  await ensureState(query);
  await registerConversion(query, conversion);
  const facts = await readFacts(query, conversion);
  const paired = [
    ...makeIdMaps(conversion, facts),
    `INSERT INTO id_conversion.users_ids SELECT n, gen_random_uuid() FROM generate_series(1, 9) n`,
    ...addTwins(conversion, facts),
    ...pairingTriggers(conversion, facts, 'numeric'),
    ...relaxNotNull(conversion, facts),
  ];
  for (const statement of paired) await query(statement);
});
afterEach(async () => {
  await client?.end();
  await test?.drop();
});

/** Now: everything is judged that was written before. */
const decide = async (conversion: IdConversion, asOf?: string) =>
  decideDangling(
    database,
    conversion,
    await readFacts(query, conversion),
    asOf ?? (await databaseClock(query)),
  );
const rows = async () => ({
  workouts: await query(`SELECT id, "createdBy", "playerIds", plan FROM workouts ORDER BY id`),
  loads: await query(`SELECT player, load, half FROM loads ORDER BY player`),
  notes: await query(`SELECT id, type, subject FROM notes ORDER BY id`),
});

it('lists them, says how to decide, and changes nothing', async () => {
  const before = await rows();
  const failure = decide(conversionWith('fail'));
  await expect(failure).rejects.toMatchObject({ code: 'DANGLING_REFERENCES' });
  await expect(failure).rejects.toThrow('training-service: references to rows that do not exist');
  await expect(failure).rejects.toThrow(
    'workouts.createdBy: 2 in 2 rows have no row in users\n    {"id":2}: 77\n    {"id":4}: 78',
  );
  await expect(failure).rejects.toThrow(
    'workouts.plan at lines[*].captain: 1 in 1 rows have no row in users\n    {"id":2} at lines.0.captain: 70',
  );
  await expect(failure).rejects.toThrow(
    'notes.subject where type is user: 1 in 1 rows have no row in users\n    {"id":2}: 80\n1. Correct the rows that you can',
  );
  await expect(failure).rejects.toThrow(
    '\n2. Decide about the rest in src/id-conversions/users.ts of training-service, at each of these references:\n',
  );
  expect(await rows()).toEqual(before);
});

it('fails as a whole when one of them is undecided', async () => {
  const before = await rows();
  const conversion = conversionWith('quarantine');
  const references = conversion.references.map((reference) =>
    reference.table === 'notes' ? { ...reference, dangling: 'fail' as const } : reference,
  );
  await expect(decide({ ...conversion, references })).rejects.toThrow(
    /^training-service: [^\n]+\n {2}notes.subject where/,
  );
  expect(await rows()).toEqual(before);
});

it('keeps them aside, and brings every one back', async () => {
  const before = await rows();
  const conversion = conversionWith('quarantine');
  await decide(conversion);
  expect(await rows()).toEqual({
    workouts: [
      before.workouts[0],
      {
        id: 2,
        createdBy: null,
        playerIds: [1, null],
        plan: { coaches: [1, 2], lines: [{}, { captain: 1 }, { x: [70] }] },
      },
      before.workouts[2],
      { id: 4, createdBy: null, playerIds: [], plan: { coaches: [], lines: [{ captain: null }] } },
    ],
    loads: [before.loads[0], before.loads[1]],
    notes: [before.notes[0], { id: 2, type: 'user', subject: null }, before.notes[2], before.notes[3]],
  });
  const asOf = await databaseClock(query);
  expect(await danglingReferences(query, conversion, await readFacts(query, conversion), asOf)).toEqual([]);
  expect(await query(`SELECT count(*)::int AS kept FROM id_conversion.dangling`)).toEqual([{ kept: 13 }]);
  await bringBackDangling(database, conversion);
  await bringBackDangling(database, conversion);
  expect(await rows()).toEqual(before);
  expect(await query(`SELECT FROM id_conversion.dangling`)).toEqual([]);
});

it('does not judge what a client has written since the id maps were whole: its pair may be on the way', async () => {
  const conversion = conversionWith('quarantine');
  const asOf = await databaseClock(query);
  await query(`INSERT INTO loads (player, load) VALUES (81, 1)`);
  await query(`UPDATE workouts SET "playerIds" = '{82}' WHERE id = 1`);
  await decide(conversion, asOf);
  expect((await rows()).loads).toMatchObject([{ player: 1 }, { player: 2 }, { player: 81 }]);
  expect((await rows()).workouts[0]).toMatchObject({ id: 1, playerIds: [82] });
  await decide(conversion);
  expect((await rows()).loads).toMatchObject([{ player: 1 }, { player: 2 }]);
  expect((await rows()).workouts[0]).toMatchObject({ id: 1, playerIds: [] });
});

it('makes them null where they stand, and brings every one back', async () => {
  const before = await rows();
  const conversion = conversionWith('set-null');
  await decide(conversion);
  expect((await rows()).workouts[1]).toEqual({
    id: 2,
    createdBy: null,
    playerIds: [null, 1, null, null, null],
    plan: { coaches: [null, 1, null, 2, null], lines: [{ captain: null }, { captain: 1 }, { x: [70] }] },
  });
  await bringBackDangling(database, conversion);
  expect(await rows()).toEqual(before);
});

it('does not make null what must have a value', async () => {
  const conversion = conversionWith('set-null');
  const references = conversion.references.map((reference) => ({
    ...reference,
    dangling: 'set-null' as const,
  }));
  const before = await rows();
  await expect(decide({ ...conversion, references })).rejects.toThrow(
    "training-service: loads.player cannot be made null, because the column must have a value. Drop its NOT NULL, or decide 'quarantine' about it, which keeps the whole rows aside.",
  );
  expect(await rows()).toEqual(before);
});

it('does not delete a row that others would be deleted with', async () => {
  await query(`ALTER TABLE loads ADD COLUMN id serial PRIMARY KEY;
    CREATE TABLE samples (load int CONSTRAINT samples_load REFERENCES loads (id) ON DELETE CASCADE)`);
  const before = await rows();
  await expect(decide(conversionWith('quarantine'))).rejects.toThrow(
    'rows of samples (samples_load) would be deleted or changed with them',
  );
  expect(await rows()).toEqual(before);
});

it('leaves alone what clients have changed since', async () => {
  const conversion = conversionWith('quarantine');
  await decide(conversion);
  await query(
    `UPDATE workouts SET "createdBy" = 5, "playerIds" = '{4}' WHERE id = 2; DELETE FROM workouts WHERE id = 4`,
  );
  await bringBackDangling(database, conversion);
  const [changed] = await query<{ createdBy: number; playerIds: number[] }>(
    `SELECT "createdBy", "playerIds" FROM workouts WHERE id = 2`,
  );
  expect(changed!.createdBy).toBe(5);
  expect([...changed!.playerIds].sort()).toEqual([4, 70, 71, 72]);
});

it('brings them back to rows whose keys clients have changed since', async () => {
  const before = await rows();
  const conversion = conversionWith('quarantine');
  await decide(conversion);
  await query(`UPDATE workouts SET id = 40 WHERE id = 4; UPDATE workouts SET id = 30 + id WHERE id < 3`);
  await bringBackDangling(database, conversion);
  const [one, two, three, four] = before.workouts as [object, object, object, object];
  expect((await rows()).workouts).toEqual([
    three,
    { ...one, id: 31 },
    { ...two, id: 32 },
    { ...four, id: 40 },
  ]);
});
