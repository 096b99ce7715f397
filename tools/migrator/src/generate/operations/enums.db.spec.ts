import { openSpecimenBench, type SpecimenBench } from '../../testing/change-specimens';

/** Postgres 15 prints the table before every column of a view, later ones only where it is needed. */
const unqualified = (statements: readonly string[]) =>
  statements.map((sql) =>
    /^create .*view/.test(sql) ? sql.replace(/\b(users|names|z|clubs)\.(?=\w)/g, '') : sql,
  );

let bench: SpecimenBench;
beforeAll(async () => {
  bench = await openSpecimenBench();
});
afterAll(() => bench?.close());

const LABELS = `'free', 'basic'`;
const clubs = (labels: string, rest = 'tier "Club tier"', more = '') =>
  `CREATE TYPE "Club tier" AS ENUM (${labels}); CREATE TABLE clubs (id int PRIMARY KEY, ${rest}); ${more}`;

it.each([
  ['at the end', `${LABELS}, 'it''s'`, [`'it''s'`]],
  ['at the beginning', `'none', ${LABELS}`, [`'none' before 'free'`]],
  ['in between, two', `'free', 'a', 'b', 'basic'`, [`'a' after 'free'`, `'b' after 'a'`]],
  ['everywhere', `'x', 'free', 'y', 'basic', 'z'`, [`'x' before 'free'`, `'y' after 'free'`, `'z'`]],
])('adds labels %s without touching a row', async (_, labels, added) => {
  expect(await bench.up({ before: clubs(LABELS), after: clubs(labels) })).toEqual(
    added.map((label) => `alter type "public"."Club tier" add value if not exists ${label}`),
  );
});

it('makes the type anew where a label goes, with all columns that have it, and refuses rows that hold it', async () => {
  const rest = `tier "Club tier" NOT NULL DEFAULT 'free', "All tiers" "Club tier"[]`;
  const { immediate, query } = await bench.examine({
    before: clubs(LABELS, rest),
    after: clubs(`'free', 'premium'`, rest),
  });
  expect(immediate).toEqual([
    'alter type "public"."Club tier" rename to "Club tier__old"',
    `create type "public"."Club tier" as enum ('free', 'premium')`,
    'alter table "public"."clubs" alter column "tier" drop default',
    'alter table "public"."clubs" alter column "tier" set data type "Club tier" using "tier"::text::"Club tier", alter column "All tiers" set data type "Club tier"[] using "All tiers"::text[]::"Club tier"[]',
    `alter table "public"."clubs" alter column "tier" set default 'free'::"Club tier"`,
    'drop type "public"."Club tier__old"',
  ]);
  await query('TRUNCATE clubs');
  await query(`INSERT INTO clubs VALUES (1, 'basic', '{}')`);
  await query('BEGIN');
  const sent = immediate.reduce(
    (before, statement) => before.then(() => query(statement)),
    Promise.resolve<unknown>(0),
  );
  await expect(sent).rejects.toMatchObject({ code: '22P02' });
  await query('ROLLBACK');
  expect(await query('SELECT tier FROM clubs')).toEqual([{ tier: 'basic' }]);
});

it('makes the type anew where the order changes', async () => {
  const statements = await bench.up({ before: clubs(LABELS), after: clubs(`'basic', 'free'`) });
  expect(statements).toHaveLength(4);
});

it('makes the type anew where a default needs a label that is new', async () => {
  const statements = await bench.up({
    before: clubs(LABELS, `tier "Club tier" DEFAULT 'free'`),
    after: clubs(`${LABELS}, 'premium'`, `tier "Club tier" DEFAULT 'premium'`),
  });
  expect(statements).toContain(`create type "public"."Club tier" as enum ('free', 'basic', 'premium')`);
});

it.each([
  ['beside another', `'{free,premium}'`],
  ['with quotes', `'{"the \\"best\\" of ''all''"}'`],
  ['each an element', `ARRAY['premium']::"Club tier"[]`],
])('makes the type anew where the default of an array needs a label that is new, %s', async (_, value) => {
  const statements = await bench.up({
    before: clubs(LABELS, `tiers "Club tier"[]`),
    after: clubs(`${LABELS}, 'premium', 'the "best" of ''all'''`, `tiers "Club tier"[] DEFAULT ${value}`),
  });
  expect(statements).toContain('drop type "public"."Club tier__old"');
});

it('makes the type anew where a view looks for a label that is new in an array', async () => {
  const view = `CREATE VIEW paying AS SELECT id FROM clubs WHERE tier = ANY ('{basic,premium}'::"Club tier"[])`;
  const statements = await bench.up({
    before: clubs(LABELS),
    after: clubs(`${LABELS}, 'premium'`, undefined, view),
  });
  expect(statements).toContain('drop type "public"."Club tier__old"');
});

it('adds a label where an array has only labels that were there', async () => {
  const rest = `tiers "Club tier"[] DEFAULT '{free}'`;
  expect(
    await bench.up({
      before: clubs(LABELS),
      after: clubs(`${LABELS}, 'premium'`, `tier "Club tier", ${rest}`),
    }),
  ).toEqual([
    `alter type "public"."Club tier" add value if not exists 'premium'`,
    `alter table "public"."clubs" add column "tiers" "Club tier"[] default '{free}'::"Club tier"[]`,
  ]);
});

it('adds a label that only a later check and index need', async () => {
  const check = `ALTER TABLE clubs ADD CHECK (tier <> 'premium'); CREATE INDEX ix ON clubs (id) WHERE tier = 'premium'`;
  const { immediate } = await bench.examine({
    before: clubs(LABELS),
    after: clubs(`${LABELS}, 'premium'`, undefined, check),
  });
  expect(immediate).toEqual([`alter type "public"."Club tier" add value if not exists 'premium'`]);
});

it('takes checks, indexes and views of such a column away before, and makes them again after', async () => {
  const more = `
    ALTER TABLE clubs ADD CONSTRAINT ck CHECK (tier <> 'free');
    CREATE INDEX ix ON clubs (id) WHERE tier = 'free';
    CREATE INDEX ix_plain ON clubs (tier);
    CREATE VIEW tiers AS SELECT tier FROM clubs`;
  const { immediate, gradual } = await bench.examine({
    before: clubs(LABELS, undefined, more),
    after: clubs(`'free', 'premium'`, undefined, more),
  });
  expect(unqualified(immediate)).toEqual([
    'drop view "public"."tiers"',
    'alter table "public"."clubs" drop constraint "ck"',
    'drop index "public"."ix"',
    'alter type "public"."Club tier" rename to "Club tier__old"',
    `create type "public"."Club tier" as enum ('free', 'premium')`,
    'alter table "public"."clubs" alter column "tier" set data type "Club tier" using "tier"::text::"Club tier"',
    `alter table "public"."clubs" add constraint "ck" CHECK ((tier <> 'free'::"Club tier")) not valid`,
    'drop type "public"."Club tier__old"',
    'create view "public"."tiers" as SELECT tier FROM clubs',
  ]);
  expect(gradual).toEqual([
    'drop index concurrently if exists "public"."ix"',
    `CREATE INDEX CONCURRENTLY "ix" ON "public"."clubs" USING btree (id) WHERE (tier = 'free'::"Club tier")`,
    'alter table "public"."clubs" validate constraint "ck"',
  ]);
});

it('drops a type that no column has any more, and leaves one that none ever had', async () => {
  const byHand = `CREATE TYPE by_hand AS ENUM ('a')`;
  const statements = await bench.up({
    before: `${clubs(LABELS)}; ${byHand}`,
    after: 'CREATE TABLE clubs (id int PRIMARY KEY, tier text)',
  });
  expect(statements).toEqual([
    'alter table "public"."clubs" alter column "tier" set data type text',
    'drop type "public"."Club tier"',
  ]);
});
