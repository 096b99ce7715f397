import { condense } from './condense';

const KEY_INDEX = 'CREATE UNIQUE INDEX pk_teams ON public.teams USING btree (id)';
const PRIMARY_KEY =
  'alter table "public"."teams" add constraint "pk_teams" PRIMARY KEY using index "pk_teams"';
const NEW_TABLE = 'create table "public"."teams" ("id" uuid not null, "club_id" uuid)';

it('writes the keys of a new table whole, without the index they were built from', () => {
  expect(condense([NEW_TABLE, KEY_INDEX, PRIMARY_KEY], [])).toEqual([
    NEW_TABLE,
    'alter table "public"."teams" add constraint "pk_teams" PRIMARY KEY (id)',
  ]);
});

it('keeps what else a key says', () => {
  const index = 'CREATE UNIQUE INDEX uq_teams_name ON public.teams USING btree (name) INCLUDE (id)';
  const key =
    'alter table "public"."teams" add constraint "uq_teams_name" UNIQUE using index "uq_teams_name" DEFERRABLE INITIALLY DEFERRED';
  expect(condense([NEW_TABLE, index, key], [])).toEqual([
    NEW_TABLE,
    'alter table "public"."teams" add constraint "uq_teams_name" UNIQUE (name) INCLUDE (id) DEFERRABLE INITIALLY DEFERRED',
  ]);
});

it('adds the constraints of a new table at once, since it has no rows', () => {
  const foreignKey =
    'alter table "public"."teams" add constraint "fk_teams_club_id" FOREIGN KEY (club_id) REFERENCES clubs(id) ON DELETE CASCADE';
  expect(
    condense(
      [
        NEW_TABLE,
        `${foreignKey} not valid`,
        'alter table "public"."teams" validate constraint "fk_teams_club_id"',
      ],
      [],
    ),
  ).toEqual([NEW_TABLE, foreignKey]);
});

it('keeps a unique index that is no key', () => {
  const partial = 'CREATE UNIQUE INDEX ix_open ON public.teams USING btree (club_id) WHERE (id IS NULL)';
  const plain = 'CREATE INDEX ix_club ON public.teams USING btree (club_id)';
  expect(condense([NEW_TABLE, partial, plain], [])).toEqual([NEW_TABLE, partial, plain]);
});

it('leaves every other table as careful as it was', () => {
  const other = [
    'CREATE UNIQUE INDEX pk_users ON public.users USING btree (id)',
    'alter table "public"."users" add constraint "pk_users" PRIMARY KEY using index "pk_users"',
    'alter table "public"."users" add constraint "ck" CHECK (a > 0) not valid',
    'alter table "public"."users" validate constraint "ck"',
    'alter table "legacy"."teams" validate constraint "ck"',
    'alter table "public"."users" add column "teams" text',
  ];
  expect(condense([NEW_TABLE, ...other], [])).toEqual([NEW_TABLE, ...other]);
});

it('condenses tables whose names need quotes', () => {
  expect(
    condense(
      [
        'create table "public"."Team members" ("Id" uuid not null)',
        'CREATE UNIQUE INDEX "PK_Team members" ON public."Team members" USING btree ("Id")',
        'alter table "public"."Team members" add constraint "PK_Team members" PRIMARY KEY using index "PK_Team members"',
      ],
      [],
    ),
  ).toEqual([
    'create table "public"."Team members" ("Id" uuid not null)',
    'alter table "public"."Team members" add constraint "PK_Team members" PRIMARY KEY ("Id")',
  ]);
});

it('drops a table with all that is its own, but its foreign keys first', () => {
  const opposite = [
    NEW_TABLE,
    'CREATE INDEX ix_club ON public.teams USING btree (club_id)',
    KEY_INDEX,
    PRIMARY_KEY,
    'alter table "public"."teams" add constraint "fk_club" FOREIGN KEY (club_id) REFERENCES clubs(id) not valid',
    'alter table "public"."teams" add constraint "ck" CHECK (true) not valid',
  ];
  expect(
    condense(
      [
        'alter table "public"."teams" drop constraint "fk_club"',
        'alter table "public"."teams" drop constraint "ck"',
        'alter table "public"."teams" drop constraint "pk_teams"',
        'drop index if exists "public"."ix_club"',
        'drop index if exists "public"."pk_teams"',
        'drop table "public"."teams"',
      ],
      opposite,
    ),
  ).toEqual(['alter table "public"."teams" drop constraint "fk_club"', 'drop table "public"."teams"']);
});

it('keeps what is dropped of a table that stays', () => {
  const statements = [
    'alter table "public"."users" drop constraint "ck"',
    'drop index if exists "public"."ix_users"',
    'drop index if exists "public"."ix_unknown"',
    'drop table "public"."teams"',
  ];
  const opposite = [NEW_TABLE, 'CREATE INDEX ix_users ON public.users USING btree (a)'];
  expect(condense(statements, opposite)).toEqual(statements);
});

it('keeps dropping a constraint of a dropped table when nothing tells what it was', () => {
  const statements = ['alter table "public"."teams" drop constraint "fk"', 'drop table "public"."teams"'];
  expect(condense(statements, [])).toEqual(statements);
});
