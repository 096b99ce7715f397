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

const users = (columns: string) => `CREATE TABLE users (id int PRIMARY KEY, ${columns});`;
const NAMES = 'CREATE VIEW names AS SELECT name FROM users;';

it('creates views after what they read, and drops them before', async () => {
  const { immediate, down } = await bench.examine({
    before: users('name text'),
    after: `${users('name text, age int')} CREATE VIEW z AS SELECT age FROM users; CREATE MATERIALIZED VIEW a AS SELECT age FROM z; CREATE INDEX ix ON a (age)`,
  });
  expect(unqualified(immediate)).toEqual([
    'alter table "public"."users" add column "age" integer',
    'create view "public"."z" as SELECT age FROM users',
    'create materialized view "public"."a" as SELECT age FROM z',
    'CREATE INDEX ix ON public.a USING btree (age)',
  ]);
  expect(down).toEqual([
    'drop materialized view "public"."a"',
    'drop view "public"."z"',
    'alter table "public"."users" drop column "age"',
  ]);
});

it('makes a view again whose query changes', async () => {
  const after = `${users('name text')} CREATE VIEW names AS SELECT upper(name) AS name FROM users`;
  expect(unqualified(await bench.up({ before: users('name text') + NAMES, after }))).toEqual([
    'drop view "public"."names"',
    'create view "public"."names" as SELECT upper(name) AS name FROM users',
  ]);
});

it('brings back a view that somebody wrote, with its trigger, comment, grants and the views that read it', async () => {
  const byHand = `
    ${NAMES}
    CREATE VIEW more AS SELECT name FROM names;
    CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
    CREATE TRIGGER keep INSTEAD OF INSERT ON names FOR EACH ROW EXECUTE FUNCTION keep();
    COMMENT ON VIEW names IS 'all of them';
    GRANT SELECT ON names TO PUBLIC;`;
  const statements = await bench.up({ before: users('name varchar(5)') + byHand, after: users('name text') });
  expect(unqualified(statements)).toEqual([
    'drop view "public"."more"',
    'drop view "public"."names"',
    'alter table "public"."users" alter column "name" set data type text',
    'create view "public"."names" as SELECT name FROM users',
    `COMMENT ON VIEW public.names IS 'all of them'`,
    'CREATE TRIGGER keep INSTEAD OF INSERT ON public.names FOR EACH ROW EXECUTE FUNCTION keep()',
    'GRANT SELECT ON public.names TO PUBLIC',
    'create view "public"."more" as SELECT name FROM names',
  ]);
});

it('brings back what such a view has beside its query: options, rules, and what its columns have', async () => {
  const byHand = `
    CREATE VIEW names WITH (security_barrier = true, check_option = local) AS SELECT id, name FROM users;
    CREATE RULE keep AS ON DELETE TO names DO INSTEAD NOTHING;
    ALTER VIEW names ALTER COLUMN name SET DEFAULT 'x';
    COMMENT ON COLUMN names.name IS 'whole';
    GRANT SELECT (name) ON names TO PUBLIC;`;
  const statements = await bench.up({ before: users('name varchar(5)') + byHand, after: users('name text') });
  expect(statements.slice(3).map((sql) => sql.replace(/\s+/g, ' '))).toEqual([
    `ALTER VIEW public.names ALTER COLUMN name SET DEFAULT 'x'::character varying`,
    'ALTER VIEW public.names SET (security_barrier=true, check_option=local)',
    `COMMENT ON COLUMN public.names.name IS 'whole'`,
    'CREATE RULE keep AS ON DELETE TO public.names DO INSTEAD NOTHING',
    'GRANT SELECT (name) ON public.names TO PUBLIC',
  ]);
});

it('leaves a view that somebody wrote alone, and drops it when told', async () => {
  const change = { before: users('name text') + NAMES, after: users('name text, age int') };
  expect(await bench.up(change)).toEqual(['alter table "public"."users" add column "age" integer']);
  expect(await bench.up({ ...change, decisions: { allowDrop: ['names'] } })).toEqual([
    'drop view "public"."names"',
    'alter table "public"."users" add column "age" integer',
  ]);
});

it('leaves it alone while what it reads is renamed', async () => {
  const decisions = { renames: [{ table: 'users', from: 'name', to: 'title' }] };
  expect(
    await bench.up({ before: users('name text') + NAMES, after: users('title text'), decisions }),
  ).toEqual(['alter table "public"."users" rename column "name" to "title"']);
});

it.each([
  ['goes', users('age int'), { allowDrop: ['users.name'] }],
  [
    'is renamed and becomes another type',
    users('title varchar(5)'),
    { renames: [{ table: 'users', from: 'name', to: 'title' }] },
  ],
])('refuses when a column that it reads %s', async (_, after, decisions) => {
  const { plan } = await bench.examine({ before: users('name text') + NAMES, after, decisions });
  expect(plan.refusals).toEqual([
    {
      reason: 'view-in-the-way',
      subject: 'names',
      explanation:
        'no entity declares this view, and it reads users.name, which it cannot go on doing; ' +
        'change the view by hand in a migration before this one (migration-create), or let it go',
      renameCandidates: [],
    },
  ]);
});
