import { readFacts } from '../inspect/read-facts';
import { prepareSwitch } from '../switch/prepare-switch';
import { CLUB } from '../switch/club-specimen';
import { createConvertibleClub, type ConvertibleClub } from '../switch/convertible-club';
import { dropCounterparts } from './drop-counterparts';
import { makeCounterparts } from './make-counterparts';

let club: ConvertibleClub;
beforeAll(async () => {
  club = await createConvertibleClub();
});
afterAll(() => club?.drop());

const facts = () => readFacts(club.query, CLUB);
const named = () =>
  club.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relname ~ '_(uuid|numeric)$' AND relnamespace = 'public'::regnamespace
     UNION ALL SELECT conname FROM pg_constraint WHERE conname ~ '_(uuid|numeric)$'
     UNION ALL SELECT stxname FROM pg_statistic_ext WHERE stxname ~ '_uuid$'`,
  );

it('leaves nothing of the counterparts, of the spares and of views that wait for a switch; made again, they are the same', async () => {
  await prepareSwitch(club.database, CLUB, await facts(), 'numeric');
  const before = await club.schema();
  expect((await named()).length).toBeGreaterThan(30);

  await dropCounterparts(club.database, CLUB, await facts(), 'numeric');
  await dropCounterparts(club.database, CLUB, await facts(), 'numeric');
  expect(await named()).toEqual([]);

  await prepareSwitch(club.database, CLUB, await facts(), 'numeric');
  expect(before.differences(await club.schema())).toEqual([]);
});

it('drops an index whose build was broken off, and builds it', async () => {
  await club.query(`DROP INDEX users_mentor_ix_uuid`);
  await club.query(`CREATE INDEX users_mentor_ix_uuid ON users (note)`);
  await club.query(
    `UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'users_mentor_ix_uuid'::regclass`,
  );
  await makeCounterparts(club.database, CLUB, await facts(), 'numeric');
  expect(
    await club.query(
      `SELECT pg_get_indexdef(indexrelid) AS definition, indisvalid FROM pg_index WHERE indexrelid = 'users_mentor_ix_uuid'::regclass`,
    ),
  ).toEqual([
    {
      definition: 'CREATE INDEX users_mentor_ix_uuid ON public.users USING btree ("mentorId_uuid")',
      indisvalid: true,
    },
  ]);
});
