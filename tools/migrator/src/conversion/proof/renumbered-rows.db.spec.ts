/** Old clients change numbers while both sides have all of their keys and foreign keys: what is there afterwards is proven, and is switched. */
import { pairingFunctions } from '../pairing/pairing-triggers';
import { CLUB } from '../switch/club-specimen';
import { createConvertibleClub, makeViews, type ConvertibleClub } from '../switch/convertible-club';
import { switchShape } from '../switch/switch-shape';
import { requireProof } from './prove';

let club: ConvertibleClub;
beforeEach(async () => {
  club = await createConvertibleClub();
});
afterEach(() => club?.drop());

/** In numbers: through the view of old clients, whatever the shape. */
const asOldClient = async <Row>(sql: string) => {
  await club.query('SET search_path = legacy, public');
  try {
    return await club.query<Row>(sql);
  } finally {
    await club.query('RESET search_path');
  }
};

/** A team's captain, whose key cascades, and a guest without a foreign key. The number is then a parent's, whose link has a note that cascades. */
async function renumber(from: number, to: number): Promise<void> {
  await asOldClient(`UPDATE parent_links SET "parentId" = 50 WHERE "childId" = 21`);
  await asOldClient(`UPDATE teams SET "captainId" = ${from} WHERE id = 1`);
  await asOldClient(`UPDATE bookings SET "guestIds" = '{${from},2}' WHERE "userId" = 1`);
  await asOldClient(`UPDATE users SET id = ${to} WHERE id = ${from}`);
  await asOldClient(`UPDATE parent_links SET "parentId" = ${to} WHERE "childId" = 21`);
}

const references = async () => ({
  captain: await asOldClient(`SELECT "captainId" AS id FROM teams WHERE id = 1`),
  guests: await asOldClient(`SELECT "guestIds" AS ids FROM bookings WHERE "userId" = 1`),
  note: await asOldClient(`SELECT "parentId" AS id FROM link_notes WHERE "childId" = 21`),
});

it('means in either shape what it means without a conversion', async () => {
  await makeViews(club.query, 'numeric');
  await asOldClient(`INSERT INTO users (id, email) VALUES (60, 'sixty@club.example')`);
  await renumber(60, 61);
  const after = { captain: [{ id: 61 }], guests: [{ ids: [60, 2] }], note: [{ id: 61 }] };
  expect(await references()).toEqual(after);
  await requireProof(club.database, CLUB, 'numeric');

  await switchShape(club.database, CLUB, 'uuid', (facts, to) => pairingFunctions(CLUB, facts, to));
  expect(await references()).toEqual(after);
  await renumber(61, 62);
  expect(await references()).toEqual({
    captain: [{ id: 62 }],
    guests: [{ ids: [61, 2] }],
    note: [{ id: 62 }],
  });
  await expect(asOldClient(`UPDATE users SET id = 63 WHERE id = 1`)).rejects.toMatchObject({ code: '23503' });
  await requireProof(club.database, CLUB, 'uuid');
});
