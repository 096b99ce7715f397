import { connectIfExists } from '../pg/create-database';
import { createEntityWorkspace, statementsOf, type EntityWorkspace } from '../testing/entity-workspace';

const CLUBS = `
@Entity('clubs')
class Club {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column('varchar', { length: 100 }) name!: string;
  @Column('enum', { enum: ['free', 'basic'], default: 'free' }) tier!: string;
  @Column('text', { nullable: true }) note!: string | null;
}
`;

/** Names that mean something else, or nothing, without quotes. */
const QUOTED = `
@Entity('Team members')
@Index(['Full name'])
class Member {
  @PrimaryColumn('int', { name: 'Id' }) Id!: number;
  @Column('text', { name: 'Full name' }) 'Full name'!: string;
  @Column('text', { name: 'order' }) order!: string;
  @ManyToOne(() => Member) @JoinColumn({ name: 'Mentor Id' }) mentor!: Member | null;
}
`;

/** CLUBS with one change of every kind. */
const CLUBS_CHANGED = `
@Entity('clubs')
@Unique(['name'])
@Check('ck_clubs_seats', '"seats" > 0')
@Index(['note'], { where: '"seats" > 10' })
class Club {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @Column('varchar', { length: 50 }) name!: string;
  @Column('enum', { enum: ['free', 'basic', 'premium'], default: 'free' }) tier!: string;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('int', { default: 25 }) @Index() seats!: number;
  @ManyToOne(() => Club, { onDelete: 'SET NULL' }) parent!: Club | null;
}
@Entity('rinks')
class Rink {
  @PrimaryGeneratedColumn('uuid') id!: string;
  @ManyToOne(() => Club, { nullable: false }) club!: Club;
}
`;

/** In one transaction, and then outside. */
const GROW = [
  `alter type "public"."clubs_tier_enum" add value if not exists 'premium'`,
  'create table "public"."rinks" ( "id" uuid not null default gen_random_uuid(), "club_id" uuid not null )',
  'alter table "public"."clubs" add column "parent_id" uuid',
  'alter table "public"."clubs" add column "seats" integer not null default 25',
  'lock table "public"."clubs" in access exclusive mode',
  expect.stringContaining(`where length("name"::text) > 50 and rtrim(substr("name"::text, 51), ' ') = ''`),
  'alter table "public"."clubs" alter column "name" set data type character varying(50)',
  'alter table "public"."rinks" add constraint "pk_rinks" PRIMARY KEY (id)',
  'alter table "public"."rinks" add constraint "fk_rinks_club_id" FOREIGN KEY (club_id) REFERENCES clubs(id)',
];
const GROW_ONLINE = [
  'drop index concurrently if exists "public"."ix_clubs_note_where_219ad5"',
  'CREATE INDEX CONCURRENTLY "ix_clubs_note_where_219ad5" ON "public"."clubs" USING btree (note) WHERE (seats > 10)',
  'drop index concurrently if exists "public"."ix_clubs_seats"',
  'CREATE INDEX CONCURRENTLY "ix_clubs_seats" ON "public"."clubs" USING btree (seats)',
  'alter table "public"."clubs" drop constraint if exists "uq_clubs_name"',
  'drop index concurrently if exists "public"."uq_clubs_name"',
  'create unique index concurrently "uq_clubs_name" on "public"."clubs" (name)',
  'alter table "public"."clubs" add constraint "uq_clubs_name" unique using index "uq_clubs_name"',
  'alter table "public"."clubs" drop constraint if exists "ck_clubs_seats", add constraint "ck_clubs_seats" CHECK ((seats > 0)) not valid',
  'alter table "public"."clubs" validate constraint "ck_clubs_seats"',
  'alter table "public"."clubs" drop constraint if exists "fk_clubs_parent_id", add constraint "fk_clubs_parent_id" FOREIGN KEY (parent_id) REFERENCES clubs(id) ON DELETE SET NULL not valid',
  'alter table "public"."clubs" validate constraint "fk_clubs_parent_id"',
];

const INITIAL = '1700000000000-InitialSchema';
const opened: EntityWorkspace[] = [];
let initial: Record<string, string>;

async function open(...[spec]: Parameters<typeof createEntityWorkspace>): Promise<EntityWorkspace> {
  const workspace = await createEntityWorkspace(spec);
  opened.push(workspace);
  return workspace;
}

const refusal = (workspace: EntityWorkspace, options?: Parameters<EntityWorkspace['generate']>[0]) =>
  workspace.generate(options).then(
    () => undefined,
    (error: unknown) => error,
  );

/** The text of one migration, under the name that the specs refer to it by. */
function renamed(texts: Record<string, string>): Record<string, string> {
  const [text = ''] = Object.values(texts);
  return { [INITIAL]: text.replace(/InitialSchema\d+/, 'InitialSchema1700000000000') };
}

beforeAll(async () => {
  const workspace = await open({ entities: CLUBS });
  await workspace.generate({ name: 'InitialSchema' });
  initial = renamed(await workspace.migrations());
});

afterEach(async () => {
  while (opened.length > 0) await opened.pop()?.fixture.remove();
});

it('writes the tables of a service that has no migrations, and the way back', () => {
  expect(initial[INITIAL]).toBe(`import type { MigrationInterface, QueryRunner } from 'typeorm';

export class InitialSchema1700000000000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(\`create type "public"."clubs_tier_enum" as enum ('free', 'basic')\`);
    await queryRunner.query(\`create table "public"."clubs" ( "id" uuid not null default gen_random_uuid(), "name" character varying(100) not null, "tier" clubs_tier_enum not null default 'free'::clubs_tier_enum, "note" text )\`);
    await queryRunner.query(\`alter table "public"."clubs" add constraint "pk_clubs" PRIMARY KEY (id)\`);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(\`drop table "public"."clubs"\`);
    await queryRunner.query(\`drop type "public"."clubs_tier_enum"\`);
  }
}
`);
});

it('writes nothing where entities and migrations agree, and says so', async () => {
  const workspace = await open({ entities: CLUBS, migrations: initial });
  const agreed = {
    exitCode: 0,
    printed: 'user-service: entities and migrations agree; nothing was written.',
  };
  expect(await workspace.generate()).toEqual(agreed);
  expect(await workspace.generate({ check: true })).toEqual(agreed);
  expect(Object.keys(await workspace.migrations())).toEqual([INITIAL]);
});

it('writes what is quick and what is not into two migrations, which leave no second difference', async () => {
  const workspace = await open({ entities: CLUBS_CHANGED, migrations: initial });
  const checked = await workspace.generate({ check: true });
  expect(checked.exitCode).toBe(1);
  expect(Object.keys(await workspace.migrations())).toEqual([INITIAL]);

  const { exitCode, printed } = await workspace.generate({ name: 'Grow' });
  expect(exitCode).toBe(0);
  const [, grow = '', online = ''] = Object.values(await workspace.migrations());
  const [timestamp = '', second = ''] = printed.match(/\d{13}/g) ?? [];
  expect(printed).toBe(
    `Wrote apps/user-service/src/migrations/${timestamp}-Grow.ts\nWrote apps/user-service/src/migrations/${second}-GrowOnline.ts`,
  );
  expect(statementsOf(grow, 'up')).toEqual(GROW);
  expect(statementsOf(online, 'up')).toEqual(GROW_ONLINE);
  expect(grow).toContain(
    '/** What is quick, in one transaction. GrowOnline follows: it reads or builds while the tables stay in use. */',
  );
  expect(online).toContain(
    `/** Follows Grow${timestamp}: reads or builds outside a transaction, so that tables stay in use meanwhile; may be run again. */
export class GrowOnline${second} implements MigrationInterface {
  static transaction = false;
`,
  );
  expect(statementsOf(grow, 'down')).toContain('alter table "public"."clubs" drop column "seats"');
  expect(checked.printed.split('\n').slice(1)).toEqual(
    [...statementsOf(grow, 'up'), ...statementsOf(online, 'up')].map((statement) => `  ${statement};`),
  );

  expect((await workspace.generate({ name: 'Again' })).printed).toBe(
    'user-service: entities and migrations agree; nothing was written.',
  );
  expect((await workspace.migrate()).exitCode).toBe(0);
  expect(await workspace.differencesByTypeOrm()).toEqual([]);
});

it('refuses to cut values off rather than shorten them without a word', async () => {
  const shorter = CLUBS.replace('length: 100', 'length: 5');
  const workspace = await open({ entities: shorter, migrations: initial });
  await workspace.migrate();
  await workspace.fixture.query('user-service', `INSERT INTO clubs (name) VALUES ('Long Island')`);
  await workspace.generate({ name: 'Shorten' });
  const migrated = await workspace.migrate();
  expect(migrated.exitCode).toBe(1);
  expect(migrated.printed).toContain('SQLSTATE 22001');
  expect(await workspace.fixture.query('user-service', 'SELECT name FROM clubs')).toEqual([
    { name: 'Long Island' },
  ]);
});

it('quotes the names that need it, everywhere', async () => {
  const workspace = await open({ entities: QUOTED });
  await workspace.generate({ name: 'Quoted' });
  const [text = ''] = Object.values(await workspace.migrations());
  expect(statementsOf(text, 'up')).toEqual([
    'create table "public"."Team members" ( "Id" integer not null, "Full name" text not null, "order" text not null, "Mentor Id" integer )',
    'CREATE INDEX "ix_Team members_Full name" ON public."Team members" USING btree ("Full name")',
    'alter table "public"."Team members" add constraint "pk_Team members" PRIMARY KEY ("Id")',
    'alter table "public"."Team members" add constraint "fk_Team members_Mentor Id" FOREIGN KEY ("Mentor Id") REFERENCES "Team members"("Id")',
  ]);
  expect((await workspace.migrate()).exitCode).toBe(0);
  expect(await workspace.differencesByTypeOrm()).toEqual([]);

  const dropping = await open({
    entities: QUOTED.replace(/.*'order'.*/, ''),
    migrations: renamed({ text: text.replaceAll('Quoted', 'InitialSchema') }),
  });
  expect(await refusal(dropping)).toMatchObject({
    code: 'DESTRUCTIVE_CHANGE',
    message: expect.stringContaining("--allow-drop 'Team members.order'"),
  });
});

it('refuses to drop what it was not told to, and drops it when told', async () => {
  const entities = CLUBS.replace(/.*note.*/, '');
  const workspace = await open({ entities, migrations: initial });
  expect(await refusal(workspace)).toMatchObject({
    code: 'DESTRUCTIVE_CHANGE',
    message: [
      'user-service: nothing was written, because this would be lost without having been told to go.',
      'clubs.note: the column would be dropped, with everything in it.',
      '  --allow-drop clubs.note  drop it',
    ].join('\n'),
  });
  expect(await refusal(workspace, { allowDrop: ['clubs'] })).toMatchObject({ code: 'DESTRUCTIVE_CHANGE' });
  expect(Object.keys(await workspace.migrations())).toEqual([INITIAL]);

  await workspace.generate({ allowDrop: ['clubs.note'] });
  const [, text = ''] = Object.values(await workspace.migrations());
  expect(statementsOf(text, 'up')).toEqual(['alter table "public"."clubs" drop column "note"']);
  expect(statementsOf(text, 'down')).toEqual(['alter table "public"."clubs" add column "note" text']);
});

it('shows a migration without writing it', async () => {
  const workspace = await open({ entities: CLUBS });
  const { printed } = await workspace.generate({ name: 'Shown', dryRun: true });
  expect(statementsOf(printed, 'down')).toEqual([
    'drop table "public"."clubs"',
    'drop type "public"."clubs_tier_enum"',
  ]);
  await expect(workspace.migrations()).rejects.toMatchObject({ code: 'ENOENT' });
});

it('names the migration that cannot be replayed', async () => {
  const migrations = { [INITIAL]: { up: ['create table clubs (id int)', 'select nonsense'] } };
  const workspace = await open({ entities: CLUBS, migrations });
  expect(await refusal(workspace)).toMatchObject({
    code: 'MIGRATION_FAILED',
    message: expect.stringContaining(
      'user-service: replaying InitialSchema1700000000000 (up) in a scratch database failed: column "nonsense" does not exist',
    ),
  });
});

it("does not touch the service's own database, nor make it", async () => {
  const workspace = await open({ entities: CLUBS });
  await workspace.generate();
  expect(await connectIfExists(workspace.url, 'user-service')).toBeUndefined();
});
