import { Script } from 'node:vm';
import { transformSync } from '@swc/core';
import fc from 'fast-check';
import { MigratorError } from '../errors';
import { checkMigrationName, nextTimestamp, refuseTakenName, renderMigration } from './migration-file';
import { drawnService } from '../testing/drawn-state';

const TIMESTAMP = 1_764_000_000_000;

type Runner = { query(sql: string): Promise<void> };
type Rendered = new () => Record<'up' | 'down', (runner: Runner) => Promise<void>>;

/** The statements that a rendered migration really sends. */
async function run(text: string, method: 'up' | 'down'): Promise<string[]> {
  const { code } = transformSync(text, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
    swcrc: false,
    configFile: false,
  });
  const exports: Record<string, Rendered> = {};
  new Script(code).runInNewContext({ exports });
  const sent: string[] = [];
  const [migration] = Object.values(exports);
  await new migration!()[method]({ query: async (sql) => void sent.push(sql) });
  return sent;
}

it('writes a class that reads as if a person had written it', () => {
  const text = renderMigration({
    name: 'AddTeams',
    timestamp: TIMESTAMP,
    up: ['create table teams (name text)', 'create index on teams (name)'],
    down: ['drop table teams'],
  });
  expect(text).toBe(`import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddTeams1764000000000 implements MigrationInterface {
  public async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(\`create table teams (name text)\`);
    await queryRunner.query(\`create index on teams (name)\`);
  }

  public async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(\`drop table teams\`);
  }
}
`);
});

it('writes an empty migration that says what to do, and uses no parameter it does not need', () => {
  expect(renderMigration({ name: 'ByHand', timestamp: TIMESTAMP, up: [], down: [] })).toBe(
    `import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ByHand1764000000000 implements MigrationInterface {
  public async up(_queryRunner: QueryRunner): Promise<void> {
    // Write what changes the database here: await queryRunner.query(...)
  }

  public async down(_queryRunner: QueryRunner): Promise<void> {
    // Write what takes it back here: await queryRunner.query(...)
  }
}
`,
  );
});

it('says what goes on outside a transaction, and leaves a place for what a person has to say', () => {
  const text = renderMigration({
    name: 'RequireName',
    timestamp: TIMESTAMP,
    up: [
      { kind: 'backfill', table: 'users', column: 'name', example: 'update users set name = ...' },
      { kind: 'statement', sql: 'alter table users alter column name set not null' },
    ],
    down: [{ kind: 'backfill', table: 'users', column: 'age', example: 'update users set age = ...' }],
    transaction: false,
    comment: 'Reads or builds.',
  });
  expect(text).toBe(`import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reads or builds. */
export class RequireName1764000000000 implements MigrationInterface {
  static transaction = false;

  public async up(queryRunner: QueryRunner): Promise<void> {
    // users.name: give a value to the rows that have none; while there are any, the next statements fail
    // and nothing is lost. For example, with an expression in the place of the dots:
    // await queryRunner.query(\`update users set name = ...\`);
    await queryRunner.query(\`alter table users alter column name set not null\`);
  }

  public async down(_queryRunner: QueryRunner): Promise<void> {
    // users.age: give a value to the rows that have none; while there are any, the next statements fail
    // and nothing is lost. For example, with an expression in the place of the dots:
    // await queryRunner.query(\`update users set age = ...\`);
  }
}
`);
});

it.each([
  ['backticks', "comment on table a is '`b`'"],
  ['a dollar and a brace', "select '${a}', '$${b}', '$'"],
  ['backslashes', String.raw`check (a ~ '^\d+\\$')`],
  ['a backslash before a dollar and a brace', "select '\\${a}'"],
  ['a backslash before a backtick', "select '\\`'"],
  ['a backslash at the end', "select '\\"],
  ['line ends of every kind', "select 'a\nb\r\nc\rd'"],
  ['control characters', "select '\u2028\u2029\u0000\u007f'"],
  ['dollar quotes', 'do $$ begin perform 1; end $$'],
])('sends again what it was given: %s', async (_, statement) => {
  const text = renderMigration({
    name: 'A',
    timestamp: TIMESTAMP,
    up: [statement, statement],
    down: [statement],
  });
  expect(await run(text, 'up')).toEqual([statement, statement]);
  expect(await run(text, 'down')).toEqual([statement]);
});

it('sends again any statement at all', async () => {
  const letters = fc.constantFrom(...'`${}\\\'"\r\n\t; an', '\u2028');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: letters, minLength: 1 }), { minLength: 1 }), async (up) => {
      expect(await run(renderMigration({ name: 'A', timestamp: TIMESTAMP, up, down: up }), 'up')).toEqual(up);
    }),
  );
});

it.each(['AddTeams', 'InitialSchema', 'A1b', 'AddOAuth2Tokens', 'Ab'])('takes the name %s', (name) => {
  expect(() => checkMigrationName(name)).not.toThrow();
});

it.each([
  '',
  'addTeams',
  'Add Teams',
  'Add-Teams',
  'Add/../Teams',
  'AddTeams2',
  '2Teams',
  'AddTëams',
  'Add_Teams',
  'A\n',
])('refuses the name "%s"', (name) => {
  expect(() => checkMigrationName(name)).toThrow(MigratorError);
});

it('refuses a name that the service has, whatever its timestamp', () => {
  const service = { name: 'user', root: 'apps/user', dependsOn: [] };
  const { files } = drawnService('AddTeams');
  expect(() => refuseTakenName(service, files, 'AddTeams')).toThrow(
    'user has a migration named AddTeams already: apps/user/src/migrations/1-AddTeams.ts. Choose another --name.',
  );
  expect(() => refuseTakenName(service, files, 'AddTeam')).not.toThrow();
});

it('gives a timestamp that is now, and after every other one', () => {
  const now = Date.now();
  expect(nextTimestamp(drawnService('A').files)).toBeGreaterThanOrEqual(now);
  const [file] = drawnService('A').files;
  const future = now + 1e9;
  expect(nextTimestamp([{ ...file!, timestamp: future }])).toBe(future + 1);
});
