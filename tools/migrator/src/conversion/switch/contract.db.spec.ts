import { makeCounterparts } from '../constraints/make-counterparts';
import { restoreNotNull } from '../constraints/restore-not-null';
import { readFacts } from '../inspect/read-facts';
import { dropPairing, pairingFunctions, pairingTriggers } from '../pairing/pairing-triggers';
import { relaxNotNull } from '../pairing/relax-not-null';
import { dropViews } from '../views/shape-views';
import { dropNumericColumns } from './contract';
import { numberNewRows, restoreIdentities, restoreNumericColumns } from './contract-back';
import { switchShape } from './switch-shape';
import { CLUB } from './club-specimen';
import { createConvertibleClub, fillTwins, makeViews, type ConvertibleClub } from './convertible-club';

let club: ConvertibleClub;
beforeEach(async () => {
  club = await createConvertibleClub();
});
afterEach(() => club?.drop());

const TABLES = ['users', 'teams', 'sessions', 'parent_links', 'link_notes', 'bookings', 'audit_entries'];
const rows = () =>
  club.query(
    TABLES.map((table) => `SELECT '${table}' AS "table", to_jsonb(t) AS row FROM ${table} t`).join(
      ' UNION ALL ',
    ) + ' ORDER BY 1, 2',
  );
const toUuid = () =>
  switchShape(club.database, CLUB, 'uuid', (facts, to) => pairingFunctions(CLUB, facts, to));

it('is refused before the switch', async () => {
  await expect(dropNumericColumns(club.database, CLUB, { before: [] })).rejects.toMatchObject({
    code: 'CONVERSION_INCOMPLETE',
  });
});

it('leaves no number, and the way back brings back every one, and all that hung on them', async () => {
  await toUuid();
  const [schemaBefore, rowsBefore] = [await club.schema(), await rows()];

  const facts = await readFacts(club.query, CLUB);
  await restoreNotNull(club.database, CLUB, facts, 'uuid');
  const before = [...dropViews(CLUB, facts, ['numeric']), ...dropPairing(CLUB)];
  await dropNumericColumns(club.database, CLUB, { before });
  await dropNumericColumns(club.database, CLUB, { before });
  const names = await club.query(
    `SELECT relname AS name FROM pg_class WHERE relname LIKE '%numeric' UNION ALL
     SELECT attname FROM pg_attribute WHERE attname LIKE '%numeric' AND NOT attisdropped AND attrelid >= 16384 UNION ALL
     SELECT conname FROM pg_constraint WHERE conname LIKE '%numeric' UNION ALL
     SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND sequencename IN ('users_id_seq', 'teams_id_seq')`,
  );
  expect(names).toEqual([]);
  const [added] = await club.query<{ id: string }>(
    `INSERT INTO users (email, "mentorId") SELECT 'new@club.example', min(id::text)::uuid FROM users RETURNING id`,
  );
  await club.query(`INSERT INTO bookings ("userId", during) VALUES ($1, 'empty')`, [added!.id]);
  expect(await club.query(`SELECT FROM bookings WHERE during = 'empty' AND "guestIds" = '{}'`)).toHaveLength(
    1,
  );
  await club.query(`INSERT INTO teams (id, "captainId") VALUES (gen_random_uuid(), $1)`, [added!.id]);

  const pairing = pairingTriggers(CLUB, await readFacts(club.query, CLUB), 'uuid');
  await restoreNumericColumns(club.database, CLUB, pairing);
  await restoreNumericColumns(club.database, CLUB, pairing);
  const book = (guestIds: string) =>
    club.query(
      `INSERT INTO bookings ("userId", during, "guestIds") VALUES ($1, 'empty', ${guestIds}) RETURNING "guestIds_numeric" AS guests`,
      [added!.id],
    );
  expect(await book('DEFAULT')).toEqual([{ guests: [] }]);
  await expect(book('NULL')).rejects.toMatchObject({ code: '23502' });
  const functions = pairingFunctions(CLUB, await readFacts(club.query, CLUB), 'uuid');
  for (const statement of functions) await club.query(statement);
  const relaxed = relaxNotNull(CLUB, await readFacts(club.query, CLUB), 'uuid');
  for (const statement of relaxed) await club.query(statement);
  expect(await book('DEFAULT')).toEqual([{ guests: [] }]);
  await expect(book('NULL')).rejects.toMatchObject({ code: '23514' });
  await numberNewRows(club.database, CLUB);
  await fillTwins(club.query, 'uuid', 'uuid');
  await makeCounterparts(club.database, CLUB, await readFacts(club.query, CLUB), 'uuid');
  await restoreIdentities(club.database, CLUB);
  await restoreIdentities(club.database, CLUB);

  // The numbers have become the last columns, so the views of both shapes are made anew.
  for (const statement of dropViews(CLUB, facts, ['uuid'])) await club.query(statement);
  await makeViews(club.query, 'uuid');

  const differences = schemaBefore.differences(await club.schema());
  expect(differences.filter((line) => !/^(legacy|uuid_ids)\.\w+: view's definition/.test(line))).toEqual([]);
  const [numbers] = await club.query(
    `SELECT u.id_numeric AS "user", u."mentorId_numeric" IS NOT NULL AS mentor, t.id_numeric AS team, t."captainId_numeric" AS captain
       FROM users u JOIN teams t ON t."captainId" = u.id WHERE u.id = $1`,
    [added!.id],
  );
  expect(numbers).toEqual({ user: 51, mentor: true, team: '6', captain: 51 });
  await club.query(`DELETE FROM bookings WHERE "userId" = $1`, [added!.id]);
  await club.query(`DELETE FROM teams WHERE "captainId" = $1`, [added!.id]);
  await club.query(`DELETE FROM users WHERE id = $1`, [added!.id]);
  expect(await rows()).toEqual(rowsBefore);
  await club.query(`INSERT INTO users (email) VALUES ('next@club.example')`);
  await club.query(`INSERT INTO teams ("captainId") SELECT id FROM users WHERE email = 'next@club.example'`);
  expect(await club.query(`SELECT id_numeric FROM users WHERE email = 'next@club.example'`)).toEqual([
    { id_numeric: 52 },
  ]);
  expect(await club.query(`SELECT max(id_numeric) FROM teams`)).toEqual([{ max: '7' }]);
});
