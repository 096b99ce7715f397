import { runSquawk, type SquawkSettings } from './run-squawk';
import { EXCLUDED_RULES, SQUAWK_RULES } from './squawk-rules';

const SETTINGS: SquawkSettings = { transaction: true, postgresVersion: '18.0', exclude: EXCLUDED_RULES };
const DROP = 'ALTER TABLE users DROP COLUMN age';
const run = async (statements: readonly string[], settings: Partial<SquawkSettings> = {}) =>
  (await runSquawk(statements, { ...SETTINGS, ...settings })).map(
    ({ rule, statement }) => `${statement}: ${rule}`,
  );

test('a report tells its statement, whatever lines, semicolons and comments there are', async () => {
  const statements = [
    'SELECT 1;',
    `SELECT 'a;\n\nb' -- not the end;`,
    DROP,
    'SELECT\n2 -- the end',
    `\n\n${DROP};\n`,
  ];
  expect(await run(statements)).toEqual(['2: ban-drop-column', '4: ban-drop-column']);
});

test('statements that squawk cannot read hide nothing', async () => {
  expect(await run(['SELECT 5 !!', DROP, 'SELECT 6 !!', DROP])).toEqual([
    '0: syntax-error',
    '2: syntax-error',
    '1: ban-drop-column',
    '3: ban-drop-column',
  ]);
});

test('what a transaction may hold depends on whether there is one', async () => {
  const concurrently = ['CREATE INDEX CONCURRENTLY i ON users (age)', 'SELECT 1'];
  expect(await run(concurrently)).toEqual(['0: ban-concurrent-index-creation-in-transaction']);
  expect(await run(concurrently, { transaction: false })).toEqual([]);
});

test('a table that the same migration makes is nobody else’s', async () => {
  expect(await run(['CREATE TABLE users (id bigint)', 'CREATE INDEX ON users (id)'])).toEqual([]);
});

test('no statements, no reports', async () => {
  expect(await run([])).toEqual([]);
});

test('squawk knows every rule that we decide about', async () => {
  const names = Object.keys(SQUAWK_RULES).filter((name) => name !== 'syntax-error');
  expect(await run([DROP], { exclude: names })).toEqual([]);
});

test('a squawk that is missing, and one that refuses to work', async () => {
  await expect(run([DROP], { binary: '/nowhere/squawk' })).rejects.toMatchObject({
    code: 'LINTER_MISSING',
    message: expect.stringMatching(
      /^squawk, which reads the SQL.* cannot be started on this machine \(.*\): .*\nInstall it with/,
    ),
  });
  await expect(run([DROP], { exclude: ['no-such-rule'] })).rejects.toMatchObject({
    code: 'LINTER_FAILED',
    message: expect.stringContaining('invalid rule name no-such-rule'),
  });
});
