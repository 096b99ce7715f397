import { emptyDefault } from './empty-default';

it.each([
  [`'{}'::integer[]`, `'{}'`],
  ['ARRAY[]::bigint[]', `'{}'`],
  [`'{}'::uuid[]`, `'{}'`],
  [`'{}'::jsonb`, `'{}'`],
  [`'[]'::jsonb`, `'[]'`],
  [null, null],
  ['7', null],
  ['NULL::integer[]', null],
  [`'{7}'::integer[]`, null],
  [`'{"coach": {"id": 7}}'::jsonb`, null],
  [`'{}'::text`, null],
  [`('{}'::integer[] || 7)`, null],
])('%s is empty by default as %s', (expression, empty) => {
  expect(emptyDefault(expression)).toBe(empty);
});
