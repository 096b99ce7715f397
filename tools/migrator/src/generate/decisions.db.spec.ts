import type { GenerateOptions } from '../executors/migration-generate/executor';
import { createEntityWorkspace, statementsOf, type EntityWorkspace } from '../testing/entity-workspace';

const INITIAL = '1700000000000-InitialSchema';
const PEOPLE = `
@Entity('people')
class Person {
  @PrimaryColumn('int') id!: number;
  @Column('text', { nullable: true }) name!: string | null;
  @Column('int', { nullable: true }) age!: number | null;
}
`;
const RENAMED = PEOPLE.replace('name!:', 'fullName!:');
const REQUIRED = PEOPLE.replace(`'text', { nullable: true }) name!: string | null`, `'text') name!: string`);

const opened: EntityWorkspace[] = [];
afterEach(async () => {
  while (opened.length > 0) await opened.pop()?.fixture.remove();
});

/** A service with rows of the first entities, and what is generated for the second. */
async function become(entities: string, options: Partial<GenerateOptions> = {}) {
  const workspace = await createEntityWorkspace({
    entities,
    migrations: {
      [INITIAL]: {
        up: ['create table people (id integer constraint pk_people primary key, name text, age integer)'],
        down: ['drop table people'],
      },
    },
  });
  opened.push(workspace);
  await workspace.migrate();
  await workspace.fixture.query('user-service', `INSERT INTO people VALUES (1, 'Ada', 36), (2, NULL, NULL)`);
  const outcome = await workspace.generate({ name: 'Change', ...options }).then(
    ({ printed }) => ({ printed, code: undefined, message: undefined }),
    (error: { code: string; message: string }) => ({ printed: undefined, ...error, message: error.message }),
  );
  const [, ...texts] = Object.values(await workspace.migrations());
  const people = (order = 'id') =>
    workspace.fixture.query('user-service', `SELECT * FROM people ORDER BY ${order}`);
  return { workspace, ...outcome, texts, people };
}

it('tells what a column that goes may have become, and how to say it', async () => {
  const { code, message, texts } = await become(RENAMED);
  expect({ code, texts }).toEqual({ code: 'DESTRUCTIVE_CHANGE', texts: [] });
  expect(message).toBe(
    [
      'user-service: nothing was written, because this would be lost without having been told to go.',
      'people.name: the column would be dropped, with everything in it.',
      '  --rename people.name:full_name  it was renamed',
      '  --allow-drop people.name        drop it',
    ].join('\n'),
  );
});

it('renames a column when told, and every value stays', async () => {
  const { workspace, texts, people } = await become(RENAMED, { rename: ['people.name:full_name'] });
  expect(statementsOf(texts[0]!, 'up')).toEqual([
    'alter table "public"."people" rename column "name" to "full_name"',
  ]);
  expect(statementsOf(texts[0]!, 'down')).toEqual([
    'alter table "public"."people" rename column "full_name" to "name"',
  ]);
  await workspace.migrate();
  expect(await people()).toEqual([
    { id: 1, full_name: 'Ada', age: 36 },
    { id: 2, full_name: null, age: null },
  ]);
});

it('renames a table when told, and its key with it', async () => {
  const members = PEOPLE.replace("'people'", "'members'");
  const refused = await become(members);
  expect(refused.message).toContain('  --rename-table people:members  it was renamed');
  const { texts } = await become(members, { renameTable: ['people:members'] });
  expect(statementsOf(texts[0]!, 'up')).toEqual([
    'alter table "public"."people" rename to "members"',
    'alter table "public"."members" rename constraint "pk_people" to "pk_members"',
  ]);
});

it('drops what may go', async () => {
  const { workspace, people } = await become(RENAMED, { allowDrop: ['people.name'] });
  await workspace.migrate();
  expect(await people()).toContainEqual({ id: 1, full_name: null, age: 36 });
});

it('leaves a place for what old rows get; until it is filled, nothing changes', async () => {
  const { workspace, printed, texts, people } = await become(REQUIRED);
  expect(printed).toContain(
    'Fill in: what rows without a people.name get. The place is marked in the file; or generate again with ' +
      '--default people.name=<SQL expression>.',
  );
  expect(texts).toHaveLength(1);
  expect(texts[0]).toContain(
    [
      '    // people.name: give a value to the rows that have none; while there are any, the next statements fail',
      '    // and nothing is lost. For example, with an expression in the place of the dots:',
      '    // await queryRunner.query(`update "public"."people" set "name" = ... where "name" is null`);',
    ].join('\n'),
  );
  const failed = await workspace.migrate();
  expect(failed.exitCode).toBe(1);
  expect(failed.printed).toContain('SQLSTATE 23514');
  expect(await people()).toContainEqual({ id: 2, name: null, age: null });
});

it('gives old rows what was said', async () => {
  const { workspace, people } = await become(REQUIRED, { default: [`people.name='No. ' || id`] });
  expect((await workspace.migrate()).exitCode).toBe(0);
  expect(await people()).toEqual([
    { id: 1, name: 'Ada', age: 36 },
    { id: 2, name: 'No. 2', age: null },
  ]);
});

it.each([
  [{ rename: ['people.name'] }, '--rename people.name: write table, column and the new name'],
  [{ rename: ['people.nam:full_name'] }, 'the migrations make no column nam. There is: id, name, age.'],
  [{ renameTable: ['people'] }, '--rename-table people: write the old and the new name'],
  [{ default: ['people.name'] }, '--default people.name: write the column and an SQL expression'],
  [{ default: ['people.nam=1'] }, '--default people.nam=1: the entities have no column people.nam.'],
])('refuses %j before it writes anything', async (options, problem) => {
  const { code, message, texts } = await become(RENAMED, options);
  expect({ code, texts }).toEqual({ code: 'BAD_OPTION', texts: [] });
  expect(message).toContain(problem);
});

it('does not guess what a number becomes as a uuid', async () => {
  const { message } = await become(PEOPLE.replace("@Column('int', ", "@Column('uuid', "));
  expect(message).toBe(
    [
      'user-service: nothing was written, because this would be lost without having been told to go.',
      'people.age: no value of type integer has one of type uuid that means the same.',
      '  --allow-drop people.age  drop it and add it anew, empty',
      '  migration-create         write by hand what becomes of the values',
    ].join('\n'),
  );
});
