import { conversionDatabaseOver } from '../conversion-database-over';
import { connect } from '../../pg/connect';
import { CLUB } from '../switch/club-specimen';
import { createConvertibleClub, type ConvertibleClub } from '../switch/convertible-club';
import { twinsOf } from '../twins';
import { isProven, prove, requireProof, requireProofOfHalf } from './prove';

let club: ConvertibleClub;
beforeEach(async () => {
  club = await createConvertibleClub();
});
afterEach(() => club?.drop());

const failed = async () =>
  (await prove(club.query, CLUB, 'numeric'))
    .filter((proof) => !isProven(proof))
    .map(({ table, column, incomplete, wrong }) => ({ table, column, incomplete, wrong }));

it('proves every column of rows that agree, and counts them', async () => {
  await requireProof(club.database, CLUB, 'numeric');
  const proofs = await prove(club.query, CLUB, 'numeric');
  expect(
    proofs.map(({ table, column, rows, numbers, uuids }) => [`${table}.${column}`, rows, numbers, uuids]),
  ).toEqual([
    ['users.id', '50', '50', '50'],
    ['teams.id', '5', '5', '5'],
    ['users.mentorId', '50', '43', '43'],
    ['users.teamId', '50', '50', '50'],
    ['teams.captainId', '5', '5', '5'],
    ['sessions.userId', '200', '200', '200'],
    ['parent_links.parentId', '20', '20', '20'],
    ['parent_links.childId', '20', '20', '20'],
    ['link_notes.parentId', '21', '20', '20'],
    ['link_notes.childId', '21', '20', '20'],
    ['bookings.userId', '20', '20', '20'],
    ['bookings.guestIds', '20', '20', '20'],
    ['audit_entries.actorId', '50', '49', '49'],
  ]);
  expect(proofs.every(({ numberChecksum, uuidChecksum }) => numberChecksum === uuidChecksum)).toBe(true);
});

it('finds one wrong half, written past the triggers, of a column and of an array', async () => {
  await club.query(`SET session_replication_role = replica`);
  await club.query(
    `UPDATE audit_entries SET "actorId_uuid" = (SELECT uuid FROM id_conversion.users_ids WHERE number = 2) WHERE id = 7`,
  );
  await club.query(
    `UPDATE bookings SET "guestIds_uuid" = "guestIds_uuid"[2:2] || "guestIds_uuid"[1:1] WHERE "userId" = 3`,
  );
  expect(await failed()).toEqual([
    { table: 'bookings', column: 'guestIds', incomplete: '0', wrong: '1' },
    { table: 'audit_entries', column: 'actorId', incomplete: '0', wrong: '1' },
  ]);
  const proof = requireProof(club.database, CLUB, 'numeric');
  await expect(proof).rejects.toMatchObject({ code: 'CONVERSION_NOT_PROVEN' });
  await expect(proof).rejects.toThrow(
    /audit_entries\.actorId: of 50 rows 1 have a number and a UUID of different rows, such as\n.*"actorId": 7/,
  );
});

it('waits for a half that is on its way', async () => {
  const others = await connect(club.url, 'other');
  try {
    await club.query(`SET session_replication_role = replica`);
    await club.query(`UPDATE audit_entries SET "actorId_uuid" = NULL WHERE id = 7`);
    await club.query(`RESET session_replication_role`);
    expect(await failed()).toEqual([
      { table: 'audit_entries', column: 'actorId', incomplete: '1', wrong: '0' },
    ]);
    const proof = requireProof(conversionDatabaseOver(others, 'user-service', club.url), CLUB, 'numeric');
    await club.query(
      `UPDATE audit_entries SET "actorId_uuid" = (SELECT uuid FROM id_conversion.users_ids WHERE number = 7) WHERE id = 7`,
    );
    await expect(proof).resolves.toBeUndefined();
  } finally {
    await others.end();
  }
});

it('is shared between as many processes as fills have workers', async () => {
  const processes = async () =>
    (
      await club.query<{ more: string }>(`SELECT current_setting('max_parallel_workers_per_gather') AS more`)
    )[0]!.more;
  const before = await processes();
  await club.query('UPDATE id_conversion.conversions SET workers = 6');
  const seen = new Set<string>();
  const { query } = club.database;
  const watched: typeof query = async (text, values) => {
    if (text.includes('suspicious')) seen.add(await processes());
    return query(text, values);
  };
  await requireProof({ ...club.database, query: watched }, CLUB, 'numeric');
  expect([...seen]).toEqual(['5']);
  expect(await processes()).toBe(before);
});

describe('before one half goes', () => {
  const NOBODY_COMES = () => Promise.resolve();
  const require = (catchUp: () => Promise<unknown>, patienceMs?: number) =>
    requireProofOfHalf(club.database, CLUB, 'numeric', { catchUp, patienceMs });

  it('names rows that have begun to wait for the half that stays, which a proof allows', async () => {
    await club.query(`UPDATE bookings SET "guestIds_uuid" = ARRAY[gen_random_uuid()] WHERE "userId" = 3`);
    await requireProof(club.database, CLUB, 'numeric');
    const refused = require(NOBODY_COMES, 0);
    await expect(refused).rejects.toMatchObject({ code: 'CONVERSION_INCOMPLETE' });
    await expect(refused).rejects.toThrow(
      /bookings\.guestIds: 1 rows have a UUID and no number, such as\n.*"guestIds": null/,
    );
  });

  it('waits for that half, however long the first look took', async () => {
    await club.query(`UPDATE bookings SET "guestIds_uuid" = ARRAY[gen_random_uuid()] WHERE "userId" = 3`);
    let calls = 0;
    await require(async () => {
      // Before the second look at it, when every column has been looked at once.
      if (++calls !== twinsOf(CLUB).length + 1) return;
      await club.query(
        `INSERT INTO id_conversion.users_ids SELECT -5, "guestIds_uuid"[1] FROM bookings WHERE "userId" = 3`,
      );
      await club.query(`SELECT id_conversion.fill_waiting('users', NULL)`);
    });
    expect(await club.query(`SELECT "guestIds" AS n FROM bookings WHERE "userId" = 3`)).toEqual([
      { n: [-5] },
    ]);
  });

  it('is content with rows that wait for the half that goes', async () => {
    await club.query(`UPDATE bookings SET "guestIds" = '{-5}' WHERE "userId" = 3`);
    await require(NOBODY_COMES);
  });

  it('says at once that halves differ', async () => {
    await club.query(`SET session_replication_role = replica`);
    await club.query(`UPDATE bookings SET "guestIds" = NULL WHERE "userId" = 3`);
    await club.query(`UPDATE audit_entries SET "actorId" = 2 WHERE id = 7`);
    await expect(require(NOBODY_COMES)).rejects.toMatchObject({ code: 'CONVERSION_NOT_PROVEN' });
  });
});
