import { lintMigration, lintMigrations } from '../testing/lint-specimens';
import { sqlMigration } from '../testing/sql-migration';
import type { Finding } from './finding';

const brief = (findings: readonly Finding[]) =>
  findings.map(({ rule, severity, subject }) => `${severity} ${rule}${subject ? ` ${subject}` : ''}`);
const lint = async (...statements: string[]) => brief(await lintMigration(statements));
const lintOutside = async (...statements: string[]) =>
  brief(await lintMigration(statements, { transaction: false }));

describe('harmless', () => {
  test.each([
    [
      'a table with all it needs',
      [
        'CREATE TABLE clubs (id uuid PRIMARY KEY, name text)',
        'CREATE INDEX ON clubs (name)',
        'ALTER TABLE clubs ADD CHECK (name <> $$$$)',
      ],
    ],
    ['a column', ['ALTER TABLE users ADD COLUMN phone text']],
    [
      'a column with a constant default',
      ['ALTER TABLE users ADD COLUMN active boolean NOT NULL DEFAULT true'],
    ],
    ['a wider varchar', ['ALTER TABLE users ALTER COLUMN email TYPE varchar(255)']],
    [
      'a constraint that is not validated',
      ['ALTER TABLE users ADD CONSTRAINT adult CHECK (age > 17) NOT VALID'],
    ],
    ['rows for a table', [`INSERT INTO teams (name) VALUES ('U16')`]],
    ['one row changed', [`UPDATE teams SET name = 'U16' WHERE id = gen_random_uuid()`]],
  ])('%s', async (_what, statements) => {
    expect(await lint(...statements)).toEqual([]);
  });

  test('an index outside a transaction', async () => {
    expect(await lintOutside('CREATE INDEX CONCURRENTLY ix_users_email ON users (email)')).toEqual([]);
  });

  test('NOT NULL, step by step', async () => {
    const findings = await lintMigrations([
      sqlMigration(['ALTER TABLE users ADD CONSTRAINT has_age CHECK (age IS NOT NULL) NOT VALID']),
      sqlMigration(
        ['UPDATE users SET age = 0 WHERE id IN (SELECT id FROM users WHERE age IS NULL LIMIT 5000)'],
        { transaction: false },
      ),
      sqlMigration(['ALTER TABLE users VALIDATE CONSTRAINT has_age']),
      sqlMigration([
        'ALTER TABLE users ALTER COLUMN age SET NOT NULL',
        'ALTER TABLE users DROP CONSTRAINT has_age',
      ]),
    ]);
    expect(brief(findings)).toEqual([]);
  });
});

describe('dangerous', () => {
  test.each([
    ['an index', ['CREATE INDEX ON users (email)'], ['error squawk/require-concurrent-index-creation']],
    [
      'a validated check',
      ['ALTER TABLE users ADD CONSTRAINT adult CHECK (age IS NULL OR age IS NOT NULL)'],
      ['error squawk/constraint-missing-not-valid users'],
    ],
    [
      'a validated foreign key',
      [
        'CREATE INDEX ix_mentor ON users (mentor)',
        'UPDATE users SET mentor = NULL',
        'ALTER TABLE users ADD CONSTRAINT fk FOREIGN KEY (mentor) REFERENCES users',
      ],
      [
        'error squawk/require-concurrent-index-creation',
        'error trace/writes-blocked-while-scanning users',
        'error squawk/adding-foreign-key-constraint users',
      ],
    ],
    [
      'a unique constraint',
      ['ALTER TABLE teams ADD CONSTRAINT one UNIQUE (id, name)'],
      ['error squawk/disallowed-unique-constraint teams'],
    ],
    [
      'another type',
      ['ALTER TABLE users ALTER COLUMN age TYPE bigint'],
      ['error squawk/changing-column-type users'],
    ],
    [
      'a volatile default',
      ['ALTER TABLE users ADD COLUMN token uuid DEFAULT gen_random_uuid()'],
      ['error squawk/adding-field-with-default users'],
    ],
    ['a dropped column', ['ALTER TABLE users DROP COLUMN age'], ['error squawk/ban-drop-column users']],
    ['a dropped table', ['DROP TABLE users'], ['error squawk/ban-drop-table']],
    [
      'a renamed column',
      ['ALTER TABLE users RENAME COLUMN age TO years'],
      ['error squawk/renaming-column users'],
    ],
    ['a truncated table', ['TRUNCATE users'], ['error trace/table-rewritten users']],
    [
      'a check validated by the transaction that added it',
      [
        'ALTER TABLE teams ADD CONSTRAINT named CHECK (name IS NOT NULL) NOT VALID',
        'SELECT 1',
        'ALTER TABLE teams VALIDATE CONSTRAINT named',
      ],
      ['error squawk/constraint-missing-not-valid teams'],
    ],
    [
      'rows changed while a table is locked',
      ['ALTER TABLE users ADD COLUMN years int', 'UPDATE users SET years = age'],
      ['error trace/writes-blocked-while-scanning users'],
    ],
    ['all rows changed', ['UPDATE users SET email = lower(email)'], ['warning trace/unbatched-update users']],
    [
      'several tables, one after the other',
      ['ALTER TABLE users ADD COLUMN phone text', 'ALTER TABLE teams ADD COLUMN phone text'],
      ['warning trace/several-tables-locked'],
    ],
  ])('%s', async (_what, statements, expected) => {
    expect(await lint(...statements)).toEqual(expected);
  });

  test('what depends on rows is run again without them, and so is the rest', async () => {
    const findings = await lintMigrations([
      sqlMigration(['ALTER TABLE users ADD COLUMN club text NOT NULL']),
      sqlMigration(['CREATE INDEX ON teams (name)']),
    ]);
    expect(brief(findings)).toEqual([
      'warning trace/refused-by-rows',
      'error squawk/adding-required-field users',
      'error squawk/require-concurrent-index-creation',
    ]);
    expect(findings[0]!.message).toContain('column "club" of relation "users" contains null values');
  });

  test('what clients notice is allowed behind a gate', async () => {
    const statements = ['ALTER TABLE users DROP COLUMN age'];
    expect(brief(await lintMigration(statements, { gate: 'contract' }))).toEqual([]);
  });

  test("squawk's own way to say nothing is no exception", async () => {
    expect(await lint('/* squawk-ignore ban-drop-column */ ALTER TABLE users DROP COLUMN age')).toEqual([
      'error squawk/ban-drop-column users',
    ]);
  });
});

test('a finding names the danger, who waits, and statements to paste', async () => {
  const [scan] = await lintMigration([
    'ALTER TABLE users ADD COLUMN years int',
    'UPDATE users SET years = age',
  ]);
  expect(scan).toMatchObject({
    statement: 'UPDATE users SET years = age',
    message:
      'While every row of users is read and rows of it are changed, these wait: reads and writes of users.',
    fix:
      'ALTER TABLE users ADD COLUMN years int\ntook the lock, which is held to the end of the transaction. Move this into a migration of ' +
      'its own (`npx nx run user-service:migration-create --name ...`):\nawait queryRunner.query(`UPDATE users SET years = age`);',
  });
});
