import { familyOf, parseSqlType } from './sql-type';

it.each([
  ['integer', { name: 'integer', modifiers: [], isArray: false }],
  ['character varying(50)[]', { name: 'character varying', modifiers: [50], isArray: true }],
  ['numeric(10,3)', { name: 'numeric', modifiers: [10, 3], isArray: false }],
  ['timestamp(3) with time zone', { name: 'timestamp with time zone', modifiers: [3], isArray: false }],
  ['varchar(5)', { name: 'character varying', modifiers: [5], isArray: false }],
  ['"Odd (1) type"', { name: '"Odd (1) type"', modifiers: [], isArray: false }],
  ['legacy.users_role_enum[]', { name: 'legacy.users_role_enum', modifiers: [], isArray: true }],
])('reads %s', (printed, type) => {
  expect(parseSqlType(printed)).toEqual(type);
});

it.each([
  ['varchar', 'text'],
  ['int8', 'number'],
  ['date', 'moment'],
  ['inet', 'other'],
])('%s belongs to %s', (printed, family) => {
  expect(familyOf(parseSqlType(printed))).toBe(family);
});
