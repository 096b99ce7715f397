import { isSameForAllRows } from './volatility';

it.each([
  null,
  '25',
  `'x'::text`,
  `'random()'::text`,
  'now()',
  'CURRENT_TIMESTAMP',
  `timezone('utc'::text, now())`,
  `COALESCE(1, 2)`,
  `ARRAY[1, 2]`,
  `'{}'::character varying(5)[]`,
  `'1.5'::numeric(5,2)`,
  `(now())::date`,
])('%s is one value for all rows', (expression) => {
  expect(isSameForAllRows(expression)).toBe(true);
});

it.each([
  'gen_random_uuid()',
  'uuidv7()',
  `nextval('users_id_seq'::regclass)`,
  'clock_timestamp()',
  `('x'::text || (random())::text)`,
  'public.by_hand()',
  '"By hand"(5)',
  `('a'::text AND by_hand(5))`,
])('%s may be another value for every row', (expression) => {
  expect(isSameForAllRows(expression)).toBe(false);
});
