import { columnsIn, renameIn, unquoted } from './expression-names';

const columns = new Map([
  ['name', 'full name'],
  ['zone', 'region'],
  ['a b', 'c'],
]);
const types = new Map([
  ['tier', '"public"."level"'],
  ['legacy.kind', '"public"."sort"'],
]);

it.each([
  ['a column', `(name <> ''::text)`, `("full name" <> ''::text)`],
  ['a cast column', `(btrim((name)::text) <> ''::text)`, `(btrim(("full name")::text) <> ''::text)`],
  ['a quoted column', `("a b" > 1)`, `("c" > 1)`],
  ['no string', `(note = 'name'::text)`, `(note = 'name'::text)`],
  ['no function', `(name(note) = 1)`, `(name(note) = 1)`],
  ['no type', `((note)::name = 'x'::name)`, `((note)::name = 'x'::name)`],
  ['no word of a type', `(a)::timestamp(3) without time zone`, `(a)::timestamp(3) without time zone`],
  ['a column beside such a word', `(zone)::time with time zone`, `("region")::time with time zone`],
  ['no collation', `(note COLLATE name)`, `(note COLLATE name)`],
  ['an enum', `(tier = 'a'::tier)`, `(tier = 'a'::"public"."level")`],
  ['an array of one', `ARRAY['a'::tier]::tier[]`, `ARRAY['a'::"public"."level"]::"public"."level"[]`],
  ['one of another schema', `(k = 'a'::legacy.kind)`, `(k = 'a'::"public"."sort")`],
])('renames %s', (_, expression, expected) => {
  expect(renameIn(expression, { columns, types })).toBe(expected);
});

it('tells the columns of an expression', () => {
  expect([...columnsIn(`(lower((first)::text) || ' '::text) || "Last" COLLATE "C" IS NULL`)]).toEqual([
    'first',
    'Last',
  ]);
});

it('knows two prints of the same expression', () => {
  expect(unquoted(`("position" > 1)`)).toBe(unquoted(`(position > 1)`));
  expect(unquoted(`("Position" > 1)`)).not.toBe(unquoted(`(position > 1)`));
});
