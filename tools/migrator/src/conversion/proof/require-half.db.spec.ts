import { readFacts } from '../inspect/read-facts';
import { idMapOf } from '../names';
import { pairingFunctions } from '../pairing/pairing-triggers';
import { CLUB } from '../switch/club-specimen';
import { createConvertibleClub, type ConvertibleClub } from '../switch/convertible-club';
import { switchShape } from '../switch/switch-shape';
import { requireHalf } from './require-half';

const NOBODY_COMES = () => Promise.resolve();
let club: ConvertibleClub;
beforeEach(async () => {
  club = await createConvertibleClub();
  // As the pairing leaves a row whose pair is not here yet.
  await club.query(`SET session_replication_role = replica`);
});
afterEach(() => club?.drop());

const require = async (catchUp: () => Promise<unknown>, patienceMs?: number) =>
  requireHalf(club.database, CLUB, await readFacts(club.query, CLUB), 'numeric', catchUp, patienceMs);

it('is content when every UUID has its number, and with numbers that have no UUID', async () => {
  await club.query(`UPDATE "audit_entries" SET "actorId_uuid" = NULL WHERE "id" = 7`);
  await require(NOBODY_COMES);
});

it('waits for a number that is on its way', async () => {
  await club.query(`UPDATE "audit_entries" SET "actorId" = NULL WHERE "id" = 7`);
  await require(() =>
    club.query(
      `UPDATE "audit_entries" SET "actorId" = "number" FROM ${idMapOf('users')} WHERE "uuid" = "actorId_uuid"`,
    ),
  );
});

it('names the rows that would lose what they refer to', async () => {
  await club.query(`UPDATE "audit_entries" SET "actorId" = NULL WHERE "id" IN (7, 8)`);
  await club.query(`UPDATE "bookings" SET "guestIds" = NULL WHERE "userId" = 3`);
  const refused = require(NOBODY_COMES, 0);
  await expect(refused).rejects.toMatchObject({ code: 'CONVERSION_INCOMPLETE' });
  await expect(refused).rejects.toThrow(/bookings\.guestIds: 1 rows have a UUID and no number/);
  await expect(refused).rejects.toThrow(
    /audit_entries\.actorId: 2 rows have a UUID and no number, such as\n.*"actorId": null/,
  );
});

it('asks nothing of columns that are gone already', async () => {
  await club.query(`ALTER TABLE "audit_entries" DROP COLUMN "actorId_uuid" CASCADE`);
  await require(NOBODY_COMES);
});

it('keeps the numbers as long as one is all that is known of a reference, after the switch', async () => {
  await switchShape(club.database, CLUB, 'uuid', (facts, to) => pairingFunctions(CLUB, facts, to));
  await club.query(`UPDATE "audit_entries" SET "actorId" = NULL WHERE "id" = 7`);
  const require = async (catchUp: () => Promise<unknown>, patienceMs?: number) =>
    requireHalf(club.database, CLUB, await readFacts(club.query, CLUB), 'uuid', catchUp, patienceMs);
  await expect(require(NOBODY_COMES, 0)).rejects.toThrow(
    /the numbers cannot be taken away yet.*\n.*audit_entries\.actorId: 1 rows have a number and no UUID/,
  );
  await require(() =>
    club.query(
      `UPDATE "audit_entries" SET "actorId" = "uuid" FROM ${idMapOf('users')} WHERE "number" = "actorId_numeric"`,
    ),
  );
});
