import { createEntityWorkspace, statementsOf, type EntityWorkspace } from '../testing/entity-workspace';

const INITIAL = '1700000000000-InitialSchema';
const BY_HAND = {
  up: [
    `create type mood as enum ('good', 'bad')`,
    'create table people (id integer constraint pk_people primary key, email text not null)',
    'create unique index uq_people_email on people (lower(email))',
    'create table archive (id integer primary key, mood mood)',
  ],
  down: ['drop table archive', 'drop table people', 'drop type mood'],
};
const ENTITIES = `
@Entity('people')
@Index('uq_people_email', { synchronize: false })
class Person {
  @PrimaryColumn('int') id!: number;
  @Column('text') email!: string;
  @Column('text', { nullable: true }) note!: string | null;
}
@Entity('archive', { synchronize: false })
class Archived {
  @PrimaryColumn('int') id!: number;
}
`;

let workspace: EntityWorkspace;
afterEach(() => workspace?.fixture.remove());

it('leaves tables and indexes alone that entities leave to others with `synchronize: false`', async () => {
  workspace = await createEntityWorkspace({ entities: ENTITIES, migrations: { [INITIAL]: BY_HAND } });
  await workspace.generate();
  const [, text = ''] = Object.values(await workspace.migrations());
  expect(statementsOf(text, 'up')).toEqual(['alter table "public"."people" add column "note" text']);
  expect(statementsOf(text, 'down')).toEqual(['alter table "public"."people" drop column "note"']);
  expect((await workspace.generate({ check: true })).exitCode).toBe(0);
});
