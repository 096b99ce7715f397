import { createFillSpecimen, type FillSpecimen } from '../backfill/fill-specimen';
import { makeWaitingTable } from '../pairing/waiting';
import { fetchWantedPairs } from './fetch-wanted-pairs';

let owner: FillSpecimen;
let referrer: FillSpecimen;
beforeEach(async () => {
  [owner, referrer] = await Promise.all([createFillSpecimen(100), createFillSpecimen(4, { paired: false })]);
  await referrer.query('DELETE FROM id_conversion.users_ids');
  for (const statement of makeWaitingTable()) await referrer.query(statement);
});
afterEach(() => Promise.all([owner.drop(), referrer.drop()]));

const fetch = () =>
  fetchWantedPairs(owner.database, { ...referrer.database, service: 'training-service' }, 'users');
const pairs = (specimen: FillSpecimen, where = 'true') =>
  specimen.query<{ number: string; uuid: string }>(
    `SELECT number::text AS number, uuid FROM id_conversion.users_ids WHERE ${where} ORDER BY id_conversion.users_ids.number`,
  );
const wait = (column: 'number' | 'uuid', value: string, row: number) =>
  referrer.query(
    `INSERT INTO id_conversion.waiting ("map", "${column}", "table_name", "column_name", "filled_by", "row_key")
     VALUES ('users', $1, 'sessions', 'userId', 'filler', jsonb_build_object('id', $2::int))`,
    [value, row],
  );

it('brings what is waited for by number and by UUID, and nothing else', async () => {
  const [seventh] = await pairs(owner, 'number = 7');
  await wait('number', '3', 1);
  await wait('number', '3', 2);
  await wait('uuid', seventh!.uuid, 3);
  await fetch();
  expect(await pairs(referrer)).toEqual(await pairs(owner, 'number IN (3, 7)'));
  await fetch();
  expect(await pairs(referrer)).toHaveLength(2);
});

it('leaves what the owner does not know, and what contradicts another pair', async () => {
  const [seventh] = await pairs(owner, 'number = 7');
  await referrer.query('INSERT INTO id_conversion.users_ids VALUES (8, $1)', [seventh!.uuid]);
  await wait('number', '7', 1);
  await wait('number', '100000', 2);
  await fetch();
  expect(await pairs(referrer)).toEqual([{ number: '8', uuid: seventh!.uuid }]);
});
