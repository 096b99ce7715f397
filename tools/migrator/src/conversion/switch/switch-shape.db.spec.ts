import { createTestDatabase, type TestDatabase } from '@hockey-hub/shared-lib/src/testing/test-database';
import type { Client } from 'pg';
import { compareCatalogs, describeChange } from '../../catalog/compare-catalogs';
import { compareDefinitions, readDefinitions } from '../../catalog/definitions';
import { readCatalog } from '../../catalog/read-catalog';
import { connect } from '../../pg/connect';
import { queryOf, type Query } from '../../pg/query';
import type { ConversionDatabase } from '../conversion-database';
import { makeCounterparts } from '../constraints/make-counterparts';
import { readFacts } from '../inspect/read-facts';
import { registerConversion } from '../state/conversions';
import { ensureState } from '../state/ensure-state';
import { prepareSwitch } from './prepare-switch';
import { switchShape } from './switch-shape';
import { CLUB, clubSchema } from './testing/club';
import { pairByHand, pairingFunctions } from './testing/hand-made-pairing';
import { conversionDatabaseOver } from './testing/test-conversion-database';

let database: TestDatabase;
let client: Client;
let query: Query;
let conversion: ConversionDatabase;
let reader: string;

beforeAll(async () => {
  database = await createTestDatabase();
  reader = `reader_of_${database.name}`;
  client = await connect(database.url, 'test');
  query = queryOf(client);
  conversion = conversionDatabaseOver(client, database.url);
  await query(`CREATE ROLE ${reader}`);
  await query(clubSchema({ reader }));
  await ensureState(query);
  await registerConversion(query, CLUB);
  await pairByHand(query, CLUB);
  await makeCounterparts(conversion, CLUB, await readFacts(query, CLUB), 'numeric');
});

afterAll(async () => {
  await client?.query(`DROP OWNED BY ${reader}; DROP ROLE ${reader}`);
  await client?.end();
  await database?.drop();
});

const state = async () => ({ catalog: await readCatalog(query), definitions: await readDefinitions(query) });

async function differences(before: Awaited<ReturnType<typeof state>>): Promise<string[]> {
  const after = await state();
  return [
    ...compareCatalogs(after.catalog, before.catalog).map(describeChange),
    ...compareDefinitions(after.definitions, before.definitions),
  ];
}

const within = (_: unknown, to: 'numeric' | 'uuid') => pairingFunctions(CLUB, to);

/** All that has a plain name, without types: what a client that speaks SQL sees. */
async function face() {
  const { tables, views, otherPolicies } = await readFacts(query, CLUB);
  const isPlain = ({ name }: { name: string }) => !/_(uuid|numeric)$/.test(name);
  const described = (things: readonly { name: string; definition: string; comment: string | null }[]) =>
    things.filter(isPlain).map(({ name, definition, comment }) => ({ name, definition, comment }));
  return {
    otherPolicies,
    views: views
      .filter(isPlain)
      .map(({ columns, ...view }) => ({ ...view, columns: columns.map(({ name }) => name) })),
    tables: Object.values(tables).map((table) => ({
      name: table.name,
      columns: table.columns
        .filter(isPlain)
        .map(({ name }) => name)
        .sort(),
      indexes: described(table.indexes),
      marks: table.indexes
        .filter(({ isReplicaIdentity, isClustered, isValid }) => isReplicaIdentity || isClustered || !isValid)
        .map(({ name }) => name),
      constraints: described(table.constraints),
      unproven: table.constraints.filter(({ validated }) => !validated).map(({ name }) => name),
      triggers: described(table.triggers),
      policies: table.policies,
      statistics: described(table.statistics),
      publications: table.publications.map((each) => ({
        ...each,
        columns: each.columns && [...each.columns].sort(),
      })),
    })),
  };
}

it('gives everything the names of the other side, and back again leaves everything as it was', async () => {
  const numericFace = await face();
  await prepareSwitch(conversion, CLUB, await readFacts(query, CLUB), 'numeric');
  const before = await state();

  await switchShape(conversion, CLUB, 'uuid', within);
  expect(await face()).toEqual(numericFace);
  const [types] =
    await query(`SELECT pg_typeof(u.id)::text AS user, pg_typeof(t."captainId")::text AS captain,
    pg_typeof(b."guestIds")::text AS guests, pg_typeof(s.id)::text AS sessions, pg_typeof(z.team)::text AS sizes
    FROM users u, teams t, bookings b, sessions_of_users s, team_sizes z LIMIT 1`);
  expect(types).toEqual({ user: 'uuid', captain: 'uuid', guests: 'uuid[]', sessions: 'uuid', sizes: 'uuid' });
  await prepareSwitch(conversion, CLUB, await readFacts(query, CLUB), 'uuid');
  const switched = await state();

  await switchShape(conversion, CLUB, 'numeric', within);
  await prepareSwitch(conversion, CLUB, await readFacts(query, CLUB), 'numeric');
  expect(await differences(before)).toEqual([]);

  await switchShape(conversion, CLUB, 'uuid', within);
  await prepareSwitch(conversion, CLUB, await readFacts(query, CLUB), 'uuid');
  expect(await differences(switched)).toEqual([]);
});
