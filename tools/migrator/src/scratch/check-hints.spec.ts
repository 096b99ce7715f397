import type { Table } from '../catalog/catalog';
import { readHints, type Hint } from './check-hints';
import { Random } from './random';

/** What one check, as Postgres prints it, says about each column. */
function hintsOf(definition: string): Record<string, Hint> {
  const check = {
    name: 'ck',
    kind: 'check',
    definition,
    columns: [],
    references: null,
    validated: true,
  } as const;
  const table: Table = {
    schema: 'public',
    name: 't',
    columns: [],
    constraints: { ck: check },
    indexes: {},
    comment: null,
  };
  return Object.fromEntries(readHints(table));
}

it.each<[string, Record<string, Hint>]>([
  ['CHECK (((rpe >= 1) AND (rpe <= 10)))', { rpe: { min: 1, max: 10 } }],
  ['CHECK ((("Odd ""name" > 41) AND ("Odd ""name" < (50)::numeric)))', { 'Odd "name': { min: 42, max: 49 } }],
  [
    'CHECK (((0 <= ALL (zones)) AND (9 >= ALL (zones)) AND (cardinality(zones) = 5)))',
    { zones: { min: 0, max: 9, cardinality: 5 } },
  ],
  [
    `CHECK (((role)::text = ANY ((ARRAY['it''s'::character varying, 'b'::character varying])::text[])))`,
    { role: { oneOf: ["it's", 'b'] } },
  ],
  ['CHECK (((email)::text = lower((email)::text)))', { email: { letters: 'lower' } }],
  [`CHECK ((jsonb_typeof(data) = 'object'::text))`, { data: { jsonType: 'object' } }],
  ['CHECK ((length((name)::text) > 2))', { name: { minLength: 3 } }],
  ['CHECK ((starts_on < ends_on))', {}],
])('reads %s', (definition, hints) => {
  expect(hintsOf(definition)).toEqual(hints);
});

it.each([
  '^[a-z]+([.][a-z]+(_[a-z]+)*){2}$',
  '^[+][1-9][0-9]{6,14}$',
  '^https?://',
  '^[$](argon2id|2[abxy])[$]',
  '^[^a-z]{3}\\d?$',
  '^[[:upper:]]{2}-[[:digit:]]+$',
])('draws texts that match %s', (pattern) => {
  const { code } = hintsOf(`CHECK (((code)::text ~ '${pattern}'::text))`);
  const random = new Random(1);
  const expression = new RegExp(pattern.replace('[:upper:]', 'A-Z').replace('[:digit:]', '0-9'));
  const drawn = Array.from({ length: 30 }, () => code!.matching!(random));
  expect(drawn.filter((text) => !expression.test(text))).toEqual([]);
});

it('has no hint where the pattern is none in JavaScript', () => {
  expect(hintsOf(`CHECK ((code ~ '(?<x'::text))`)['code']?.matching).toBeUndefined();
});
