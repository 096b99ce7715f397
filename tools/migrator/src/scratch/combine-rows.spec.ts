import type { Constraint, Table } from '../catalog/catalog';
import { combineRows, type JudgedRow } from './combine-rows';
import { Random } from './random';

const check = (name: string, ...columns: readonly string[]): [string, Constraint] => [
  name,
  { name, kind: 'check', definition: '', columns, references: null, validated: true },
];
const tableWith = (...checks: readonly [string, Constraint][]): Table => ({
  schema: 'public',
  name: 't',
  columns: [],
  constraints: Object.fromEntries(checks),
  indexes: {},
  comment: null,
});
const judged = (a: string, b: string, c: string, ...keeps: readonly string[]): JudgedRow => ({
  row: { a, b, c },
  keeps: new Set(keeps),
});

it('puts columns of different rows together so that every check is kept', () => {
  const table = tableWith(check('on a', 'a'), check('on b', 'b'));
  const { rows } = combineRows(
    table,
    [judged('1', 'x', '-', 'on a'), judged('y', '2', '-', 'on b')],
    4,
    new Random(1),
  );
  expect(rows).toEqual(Array.from({ length: 4 }, () => ({ a: '1', b: '2', c: '-' })));
});

it('keeps columns together that one check is about, or several that share a column', () => {
  const table = tableWith(check('on a and b', 'a', 'b'), check('on b and c', 'b', 'c'));
  const both = ['on a and b', 'on b and c'];
  const { rows } = combineRows(
    table,
    [judged('1', '1', '1', ...both), judged('2', '2', '2', ...both)],
    9,
    new Random(1),
  );
  expect(rows.every(({ a, b, c }) => a === b && b === c)).toBe(true);
  expect(new Set(rows.map(({ a }) => a))).toEqual(new Set(['1', '2']));
});

it('tells which checks no row keeps', () => {
  const table = tableWith(check('on a', 'a'), check('on b', 'b'));
  expect(combineRows(table, [judged('1', 'x', '-', 'on a')], 4, new Random(1))).toEqual({
    rows: [],
    impossible: ['on b'],
  });
});
