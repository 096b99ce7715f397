import { createEntityWorkspace, statementsOf, type EntityWorkspace } from '../../testing/entity-workspace';

const INITIAL = '1700000000000-InitialSchema';
const BEFORE = {
  up: ['create table people (id integer constraint pk_people primary key, name text, note text)'],
  down: ['drop table people'],
};
const ENTITIES = `
@Entity('people')
class Person {
  @PrimaryColumn('int') id!: number;
  @Column('text') fullName!: string;
}
`;

let workspace: EntityWorkspace;
beforeEach(async () => {
  workspace = await createEntityWorkspace({ entities: ENTITIES, migrations: { [INITIAL]: BEFORE } });
});
afterEach(() => workspace?.fixture.remove());

const generate = (...options: string[]) =>
  workspace.fixture.cli(['migration-generate', 'user-service', '--name', 'Change', ...options]);
const written = async () => Object.values(await workspace.migrations()).slice(1);

it('refuses what it was not told, with options that can be pasted, and does what they say', async () => {
  const refused = await generate();
  expect(refused.exitCode).toBe(1);
  const [, rename = ''] = /^ +(--rename people\.name:full_name) +it was renamed$/m.exec(refused.stderr) ?? [];
  const [, drop = ''] = /^ +(--allow-drop people\.note) +drop it$/m.exec(refused.stderr) ?? [];
  expect(await written()).toEqual([]);

  const done = await generate(
    ...rename.split(' '),
    ...drop.split(' '),
    '--default',
    `people.full_name='nobody'`,
  );
  expect(done).toMatchObject({ exitCode: 0, stderr: '' });
  const [first = '', second = ''] = await written();
  expect(statementsOf(first, 'up')).toEqual([
    'alter table "public"."people" rename column "name" to "full_name"',
    'alter table "public"."people" drop column "note"',
  ]);
  expect(statementsOf(second, 'up')[0]).toBe(
    `update "public"."people" set "full_name" = 'nobody' where "full_name" is null`,
  );

  expect((await workspace.fixture.cli(['migrate'])).exitCode).toBe(0);
  expect((await generate()).exitCode).toBe(1);
  expect((await workspace.fixture.cli(['migration-generate', 'user-service', '--check'])).exitCode).toBe(0);
  for (const step of ['the second', 'the first']) {
    expect({ step, ...(await workspace.fixture.cli(['migration-revert', 'user-service'])) }).toMatchObject({
      step,
      exitCode: 0,
    });
  }
});

it('says without refusing anything whether entities and migrations differ', async () => {
  const { exitCode, stdout } = await workspace.fixture.cli(['migration-generate', 'user-service', '--check']);
  expect(exitCode).toBe(1);
  expect(stdout.split('\n').slice(0, 3)).toEqual([
    'user-service: the entities differ from the migrations. `migration-generate --name <Name>` writes:',
    '  alter table "public"."people" add column "full_name" text;',
    '  alter table "public"."people" drop column "name";',
  ]);
  expect(await written()).toEqual([]);
});

it('says what is left to fill in', async () => {
  const { stdout } = await generate('--rename', 'people.name:full_name', '--allow-drop', 'people.note');
  expect(stdout).toContain('Fill in: what rows without a people.full_name get.');
  const [, second = ''] = await written();
  expect(second).toContain('// people.full_name: give a value to the rows that have none');
});
