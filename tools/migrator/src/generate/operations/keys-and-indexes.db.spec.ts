import { openSpecimenBench, type SpecimenBench } from '../../testing/change-specimens';

let bench: SpecimenBench;
beforeAll(async () => {
  bench = await openSpecimenBench();
});
afterAll(() => bench?.close());

const TABLES = `
  CREATE TABLE clubs (id int CONSTRAINT pk_clubs PRIMARY KEY, name text, seats int);
  CREATE TABLE teams (id int CONSTRAINT pk_teams PRIMARY KEY, club_id int, name text);
`;
const both = (before: string, after: string) => ({
  before: `${TABLES} ${before}`,
  after: `${TABLES} ${after}`,
});
const FOREIGN_KEY = 'ALTER TABLE teams ADD CONSTRAINT fk FOREIGN KEY (club_id) REFERENCES clubs (id)';
const CHECK = 'ALTER TABLE clubs ADD CONSTRAINT ck CHECK (seats > 0)';
const UNIQUE = 'ALTER TABLE clubs ADD CONSTRAINT uq UNIQUE (name)';

it('adds a foreign key for new rows at once, and validates the old ones while the tables are in use', async () => {
  const { immediate, gradual, down } = await bench.examine(both('', `${FOREIGN_KEY} ON DELETE CASCADE`));
  expect(immediate).toEqual([]);
  expect(gradual).toEqual([
    'alter table "public"."teams" drop constraint if exists "fk", add constraint "fk" FOREIGN KEY (club_id) REFERENCES clubs(id) ON DELETE CASCADE not valid',
    'alter table "public"."teams" validate constraint "fk"',
  ]);
  expect(down).toEqual(['alter table "public"."teams" drop constraint if exists "fk"']);
});

it('puts a foreign key with another rule in the place of the old one', async () => {
  const { immediate, gradual } = await bench.examine(both(FOREIGN_KEY, `${FOREIGN_KEY} ON DELETE SET NULL`));
  expect(immediate).toEqual([]);
  expect(gradual[0]).toContain('drop constraint if exists "fk", add constraint "fk" FOREIGN KEY');
});

it('adds a check likewise', async () => {
  const { gradual } = await bench.examine(both('', CHECK));
  expect(gradual).toEqual([
    'alter table "public"."clubs" drop constraint if exists "ck", add constraint "ck" CHECK ((seats > 0)) not valid',
    'alter table "public"."clubs" validate constraint "ck"',
  ]);
});

it('builds an index beside the work', async () => {
  const { immediate, gradual, down } = await bench.examine(
    both('', 'CREATE INDEX ix ON clubs (lower(name)) WHERE seats > 1'),
  );
  expect(immediate).toEqual([]);
  expect(gradual).toEqual([
    'drop index concurrently if exists "public"."ix"',
    'CREATE INDEX CONCURRENTLY "ix" ON "public"."clubs" USING btree (lower(name)) WHERE (seats > 1)',
  ]);
  expect(down).toEqual(['drop index concurrently if exists "public"."ix"']);
});

it('leaves an index that changes until the new one is there', async () => {
  const { gradual } = await bench.examine(
    both('CREATE INDEX ix ON clubs (name)', 'CREATE UNIQUE INDEX ix ON clubs (name, id)'),
  );
  expect(gradual).toEqual([
    'drop index concurrently if exists "public"."ix__new"',
    'CREATE UNIQUE INDEX CONCURRENTLY "ix__new" ON "public"."clubs" USING btree (name, id)',
    'drop index concurrently if exists "public"."ix"',
    'alter index "public"."ix__new" rename to "ix"',
  ]);
});

it('drops what is no longer wanted', async () => {
  const { immediate, gradual } = await bench.examine(
    both(`CREATE INDEX ix ON clubs (name); ${CHECK}; ${UNIQUE}; ${FOREIGN_KEY}`, ''),
  );
  expect(immediate).toEqual([
    'alter table "public"."teams" drop constraint "fk"',
    'alter table "public"."clubs" drop constraint "ck"',
    'alter table "public"."clubs" drop constraint "uq"',
    'drop index "public"."ix"',
  ]);
  expect(gradual).toEqual([]);
});

it.each([
  ['', '(name)', ''],
  [' DEFERRABLE INITIALLY DEFERRED', '(name)', ' deferrable initially deferred'],
  [' INCLUDE (seats)', '(name) include (seats)', ''],
])('builds a unique key%s as an index first', async (suffix, body, rest) => {
  const { immediate, gradual, down } = await bench.examine(both('', UNIQUE + suffix));
  expect(immediate).toEqual([]);
  expect(gradual).toEqual([
    'alter table "public"."clubs" drop constraint if exists "uq"',
    'drop index concurrently if exists "public"."uq"',
    `create unique index concurrently "uq" on "public"."clubs" ${body}`,
    `alter table "public"."clubs" add constraint "uq" unique using index "uq"${rest}`,
  ]);
  expect(down).toEqual(['alter table "public"."clubs" drop constraint if exists "uq"']);
});

it('keeps nulls apart or together as the key says', async () => {
  const { gradual } = await bench.examine(
    both('', 'ALTER TABLE clubs ADD CONSTRAINT uq UNIQUE NULLS NOT DISTINCT (name)'),
  );
  expect(gradual[2]).toBe(
    'create unique index concurrently "uq" on "public"."clubs" (name) nulls not distinct',
  );
});

it('lets a primary key take the place of another, with what refers to it', async () => {
  const wider = TABLES.replace(
    'pk_clubs PRIMARY KEY, name text',
    'uq_id UNIQUE NOT NULL, name text NOT NULL',
  );
  const { immediate, gradual } = await bench.examine({
    before: `${TABLES.replace('name text, seats', 'name text NOT NULL, seats')} ${FOREIGN_KEY}`,
    after: `${wider} ALTER TABLE clubs ADD CONSTRAINT pk_wide PRIMARY KEY (id, name); ${FOREIGN_KEY}`,
  });
  expect(immediate).toEqual([]);
  expect(gradual).toEqual([
    'alter table "public"."teams" drop constraint if exists "fk"',
    'drop index concurrently if exists "public"."pk_wide__new"',
    'create unique index concurrently "pk_wide__new" on "public"."clubs" (id, name)',
    'alter table "public"."clubs" drop constraint if exists "pk_clubs", drop constraint if exists "pk_wide", add constraint "pk_wide" primary key using index "pk_wide__new"',
    'alter table "public"."clubs" drop constraint if exists "uq_id"',
    'drop index concurrently if exists "public"."uq_id"',
    'create unique index concurrently "uq_id" on "public"."clubs" (id)',
    'alter table "public"."clubs" add constraint "uq_id" unique using index "uq_id"',
    'alter table "public"."teams" drop constraint if exists "fk", add constraint "fk" FOREIGN KEY (club_id) REFERENCES clubs(id) not valid',
    'alter table "public"."teams" validate constraint "fk"',
  ]);
});

it('takes a foreign key away while both its sides change their type', async () => {
  const wide = TABLES.replaceAll(' int', ' bigint');
  const { immediate, gradual } = await bench.examine({
    before: `${TABLES} ${FOREIGN_KEY}`,
    after: `${wide} ${FOREIGN_KEY}`,
  });
  expect(immediate).toEqual([
    'alter table "public"."teams" drop constraint "fk"',
    'alter table "public"."clubs" alter column "id" set data type bigint, alter column "seats" set data type bigint',
    'alter table "public"."teams" alter column "id" set data type bigint, alter column "club_id" set data type bigint',
    'alter table "public"."teams" add constraint "fk" FOREIGN KEY (club_id) REFERENCES clubs(id) not valid',
  ]);
  expect(gradual).toEqual(['alter table "public"."teams" validate constraint "fk"']);
});

it('makes a new table and what it refers to whole, without waiting for anything', async () => {
  const rinks =
    'CREATE TABLE rinks (id int CONSTRAINT pk_rinks PRIMARY KEY, club_id int CONSTRAINT fk_rinks REFERENCES clubs (id))';
  const { immediate, gradual, down } = await bench.examine(
    both('', `${rinks}; CREATE INDEX ix_rinks ON rinks (club_id)`),
  );
  expect(immediate).toEqual([
    'create table "public"."rinks" ( "id" integer not null, "club_id" integer )',
    'CREATE INDEX ix_rinks ON public.rinks USING btree (club_id)',
    'alter table "public"."rinks" add constraint "pk_rinks" PRIMARY KEY (id)',
    'alter table "public"."rinks" add constraint "fk_rinks" FOREIGN KEY (club_id) REFERENCES clubs(id)',
  ]);
  expect(gradual).toEqual([]);
  expect(down).toEqual([
    'alter table "public"."rinks" drop constraint "fk_rinks"',
    'drop table "public"."rinks"',
  ]);
});

it('lets a new table wait for a key that is built later', async () => {
  const rinks = 'CREATE TABLE rinks (club text CONSTRAINT fk_rinks REFERENCES clubs (name))';
  const { immediate, gradual } = await bench.examine(both('', `${UNIQUE}; ${rinks}`));
  expect(immediate).toEqual(['create table "public"."rinks" ( "club" text )']);
  expect(gradual.slice(-2)).toEqual([
    'alter table "public"."rinks" drop constraint if exists "fk_rinks", add constraint "fk_rinks" FOREIGN KEY (club) REFERENCES clubs(name) not valid',
    'alter table "public"."rinks" validate constraint "fk_rinks"',
  ]);
});

it('adds an exclusion constraint as it is: there is no other way', async () => {
  const { immediate } = await bench.examine(
    both('', 'ALTER TABLE clubs ADD CONSTRAINT ex EXCLUDE USING btree (name WITH =)'),
  );
  expect(immediate).toEqual([
    'alter table "public"."clubs" add constraint "ex" EXCLUDE USING btree (name WITH =)',
  ]);
});

it('drops a table only when told, and not those that refer to it', async () => {
  const change = {
    before: `${TABLES} ${FOREIGN_KEY}`,
    after: 'CREATE TABLE teams (id int CONSTRAINT pk_teams PRIMARY KEY, club_id int, name text)',
  };
  const { plan } = await bench.examine(change);
  expect(plan.refusals).toMatchObject([{ reason: 'table-dropped', subject: 'clubs' }]);
  expect(await bench.up({ ...change, decisions: { allowDrop: ['clubs'] } })).toEqual([
    'alter table "public"."teams" drop constraint "fk"',
    'drop table "public"."clubs"',
  ]);
});

it('may be run again from the start wherever it was stopped', async () => {
  const after = `${TABLES} ${UNIQUE}; ${CHECK}; CREATE INDEX ix ON clubs (seats); ALTER TABLE clubs ALTER name SET NOT NULL;
    ALTER TABLE teams ADD CONSTRAINT fk FOREIGN KEY (name) REFERENCES clubs (name)`;
  const { gradual, query } = await bench.examine({ before: TABLES, after });
  await query('TRUNCATE clubs, teams');
  for (let stop = 1; stop <= gradual.length; stop++) {
    for (const statement of gradual.slice(0, stop)) await query(statement);
  }
  expect(gradual.length).toBeGreaterThan(12);
});
