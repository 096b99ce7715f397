import { indexTail, statisticsParts } from './split-definition';

it.each([
  ['CREATE INDEX users_email ON public.users USING btree (email)', 'USING btree (email)'],
  [
    'CREATE UNIQUE INDEX "a USING b" ON public."c USING d" USING gin (x) WHERE (note <> \' USING \'::text)',
    "USING gin (x) WHERE (note <> ' USING '::text)",
  ],
])('finds where the index begins in %s', (definition, tail) => {
  expect(indexTail(definition)).toBe(tail);
});

it.each([
  ['CREATE STATISTICS public.s ON a, b FROM users', { kinds: '', columns: 'a, b' }],
  [
    'CREATE STATISTICS public.s (ndistinct, mcv) ON a, lower(b) FROM public.users',
    { kinds: '(ndistinct, mcv)', columns: 'a, lower(b)' },
  ],
  [
    `CREATE STATISTICS public." ON (mcv)" ON "a FROM b", (c || ' FROM '::text) FROM " FROM "`,
    { kinds: '', columns: `"a FROM b", (c || ' FROM '::text)` },
  ],
])('takes %s apart', (definition, parts) => {
  expect(statisticsParts(definition)).toEqual(parts);
});

it('says which definition it cannot read', () => {
  expect(() => indexTail('CREATE INDEX "x USING y"')).toThrow(
    'no USING in the definition CREATE INDEX "x USING y"',
  );
});
