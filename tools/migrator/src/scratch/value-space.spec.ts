import { drawValue } from './draw-values';
import { Random } from './random';
import { parseSqlType } from './sql-type';
import { narrow, type ValueSpace } from './value-space';

const space = (type: string, labels: readonly string[] = []): ValueSpace => ({
  type: parseSqlType(type),
  labels,
});

/** Fifty values of the narrowed space. */
function drawn(column: ValueSpace, target: ValueSpace): string[] {
  const random = new Random(1);
  return Array.from({ length: 50 }, () => drawValue(narrow(column, target), random)!);
}

it.each<[string, string, (value: string) => boolean]>([
  ['text', 'character varying(3)', (value) => [...value].length <= 3],
  ['character varying(4)', 'text', (value) => [...value].length <= 4],
  ['text', 'integer', (value) => /^-?\d{1,9}$/.test(value)],
  ['character varying(2)', 'bigint', (value) => /^-?\d{1,2}$/.test(value) && value.length <= 2],
  ['text', 'date', (value) => /^\d{4}-\d{2}-\d{2}$/.test(value)],
  ['bigint', 'smallint', (value) => Math.abs(Number(value)) <= 9999],
  ['numeric(10,3)', 'numeric(4,1)', (value) => /^-?\d{1,3}\.\d$/.test(value)],
  ['double precision', 'integer', (value) => Number.isInteger(Number(value))],
  ['integer', 'boolean', (value) => value === '0' || value === '1'],
  ['timestamp with time zone', 'date', (value) => /^\d{4}-\d{2}-\d{2}$/.test(value)],
  [
    'timestamp(3) without time zone',
    'timestamp with time zone',
    (value) => /\.\d{3}\+00$|\.\d{3}$/.test(value),
  ],
  ['integer[]', 'smallint[]', (value) => [...value.matchAll(/\d+/g)].every(([digits]) => digits.length <= 4)],
  ['uuid', 'integer', (value) => /^[0-9a-f-]{36}$/.test(value)],
])('%s is drawn so that %s takes it', (column, target, fits) => {
  expect(drawn(space(column), space(target)).filter((value) => !fits(value))).toEqual([]);
});

it('draws only labels that stay', () => {
  expect(new Set(drawn(space('mood', ['a', 'b', 'c']), space('mood', ['c', 'a', 'd'])))).toEqual(
    new Set(['a', 'c']),
  );
});

it('draws the labels of the enum that a text becomes', () => {
  expect(new Set(drawn(space('text'), space('mood', ['a', 'b'])))).toEqual(new Set(['a', 'b']));
});
