import { readFacts } from '../inspect/read-facts';
import { pairingFunctions } from '../pairing/pairing-triggers';
import { prepareSwitch } from './prepare-switch';
import { switchShape, type WithinSwitch } from './switch-shape';
import { CLUB } from './club-specimen';
import { createConvertibleClub, type ConvertibleClub } from './convertible-club';

let club: ConvertibleClub;
beforeAll(async () => {
  club = await createConvertibleClub();
});
afterAll(() => club?.drop());

const within: WithinSwitch = (facts, to) => pairingFunctions(CLUB, facts, to);
const prepare = async (from: 'numeric' | 'uuid') =>
  prepareSwitch(club.database, CLUB, await readFacts(club.query, CLUB), from);

/** All that has a plain name, without types: what a client that speaks SQL sees. */
async function face() {
  const { tables, views, otherPolicies } = await readFacts(club.query, CLUB);
  // The conversion's own things know both sides.
  const isPlain = ({ name }: { name: string }) =>
    !/_(uuid|numeric|has_a_half|pair_on_insert|pair_on_update)$/.test(name);
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
  await prepare('numeric');
  const before = await club.schema();

  await switchShape(club.database, CLUB, 'uuid', within);
  expect(await face()).toEqual(numericFace);
  const [types] =
    await club.query(`SELECT pg_typeof(u.id)::text AS user, pg_typeof(t."captainId")::text AS captain,
    pg_typeof(b."guestIds")::text AS guests, pg_typeof(s.id)::text AS sessions, pg_typeof(z.team)::text AS sizes
    FROM users u, teams t, bookings b, sessions_of_users s, team_sizes z LIMIT 1`);
  expect(types).toEqual({ user: 'uuid', captain: 'uuid', guests: 'uuid[]', sessions: 'uuid', sizes: 'uuid' });
  await prepare('uuid');
  const switched = await club.schema();

  await switchShape(club.database, CLUB, 'numeric', within);
  await prepare('numeric');
  expect(before.differences(await club.schema())).toEqual([]);

  await switchShape(club.database, CLUB, 'uuid', within);
  await prepare('uuid');
  expect(switched.differences(await club.schema())).toEqual([]);
});
