import { rowFacts } from './row-facts';

const tables = new Set(['users', 'roles', 'teams', 'legacy.users']);
const textsOf = async (...statements: string[]) =>
  (await rowFacts(statements, tables)).map(({ text }) => text);

it('tells each kind of change once, with all its tables', async () => {
  const texts = await textsOf(
    'UPDATE ONLY users u SET name = 1',
    `INSERT INTO roles VALUES ('it''s; DELETE FROM teams')`,
    'INSERT INTO "teams" SELECT 1',
    'DELETE FROM legacy.users USING teams WHERE true',
  );
  expect(texts).toEqual([
    'rows added to `roles`, `teams`',
    'rows changed in `users`',
    'rows removed from `legacy.users`',
  ]);
});

it('sees through common table expressions, several statements in one string, and the rarer verbs', async () => {
  expect(
    await textsOf('WITH gone AS (DELETE FROM users RETURNING *) INSERT INTO legacy.users SELECT * FROM gone'),
  ).toEqual(['rows added to `legacy.users`', 'rows removed from `users`']);
  expect(await textsOf('TRUNCATE users, roles; COPY teams FROM stdin')).toEqual([
    'rows added to `teams`',
    'all rows removed from `roles`, `users`',
  ]);
  expect(await textsOf('MERGE INTO users USING teams ON true WHEN MATCHED THEN DELETE')).toEqual([
    'rows merged into `users`',
  ]);
});

it('tells nothing of reading, and nothing of tables that are not of the service', async () => {
  expect(
    await textsOf(
      'COPY users TO stdout',
      'SELECT * FROM users',
      'DELETE FROM scratch',
      'DELETE FROM migrator.users',
    ),
  ).toEqual([]);
});
