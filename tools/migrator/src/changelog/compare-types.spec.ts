import { compareTypes } from './compare-types';

it.each([
  ['character varying(100)', 'character varying(255)'],
  ['character varying(100)', 'character varying'],
  ['character varying(100)', 'text'],
  ['character varying', 'text'],
  ['text', 'character varying'],
  ['character(3)', 'character varying(3)'],
  ['character varying(20)[]', 'character varying(30)[]'],
  ['smallint', 'integer'],
  ['integer', 'bigint'],
  ['bigint', 'numeric'],
  ['real', 'double precision'],
  ['numeric(10,2)', 'numeric(12,2)'],
  ['numeric(10,2)', 'numeric(12,4)'],
  ['numeric(10,2)', 'numeric'],
  ['timestamp(3) with time zone', 'timestamp with time zone'],
  ['bit varying(3)', 'bit varying(4)'],
])('%s -> %s holds all that it held', (from, to) => {
  expect(compareTypes(from, to)).toBe('wider');
});

it.each([
  ['character varying(255)', 'character varying(100)'],
  ['text', 'character varying(100)'],
  ['bigint', 'integer'],
  ['numeric', 'integer'],
  ['numeric(12,2)', 'numeric(10,2)'],
  ['timestamp with time zone', 'timestamp(0) with time zone'],
])('%s -> %s holds less', (from, to) => {
  expect(compareTypes(from, to)).toBe('narrower');
});

it.each([
  ['integer', 'uuid'],
  ['integer', 'text'],
  ['text', 'text[]'],
  // Two digits more after the point are two less before it.
  ['numeric(10,2)', 'numeric(10,4)'],
  ['bigint', 'numeric(5,0)'],
  ['timestamp without time zone', 'timestamp with time zone'],
  ['bit(3)', 'bit(4)'],
  ['json', 'jsonb'],
])('%s -> %s is another type', (from, to) => {
  expect(compareTypes(from, to)).toBe('other');
});
