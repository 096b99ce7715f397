import { squawkFix } from './squawk-fixes';

const fix = (rule: string, sql: string) => squawkFix(rule, sql, 'advice of squawk');
const query = (sql: string) => `await queryRunner.query(\`${sql}\`);`;

test.each([
  [
    'require-concurrent-index-creation',
    'create unique index "ix" ON users (email);',
    `static transaction = false;\n...\n${query('CREATE UNIQUE INDEX CONCURRENTLY "ix" ON users (email)')}`,
  ],
  [
    'adding-foreign-key-constraint',
    'alter table "public"."users" add constraint "fk" FOREIGN KEY (team_id) REFERENCES teams(id)',
    `// migration 1 of 2\n${query('ALTER TABLE "public"."users" add constraint "fk" FOREIGN KEY (team_id) REFERENCES teams(id) NOT VALID')}\n` +
      `// migration 2 of 2\n${query('ALTER TABLE "public"."users" VALIDATE CONSTRAINT "fk"')}`,
  ],
  [
    'adding-not-nullable-field',
    'ALTER TABLE ONLY "users" ALTER COLUMN "teamId" SET NOT NULL',
    `// migration 1 of 3\n${query('ALTER TABLE "users" ADD CONSTRAINT "users_teamId__has_value" CHECK ("teamId" IS NOT NULL) NOT VALID')}\n` +
      `// migration 2 of 3\n${query('ALTER TABLE "users" VALIDATE CONSTRAINT "users_teamId__has_value"')}\n` +
      `// migration 3 of 3\n${query('ALTER TABLE "users" ALTER COLUMN "teamId" SET NOT NULL')}\n` +
      query('ALTER TABLE "users" DROP CONSTRAINT "users_teamId__has_value"'),
  ],
  [
    'disallowed-unique-constraint',
    'ALTER TABLE users ADD CONSTRAINT uq UNIQUE (a, b)',
    `// migration 1 of 2\nstatic transaction = false;\n...\n${query('CREATE UNIQUE INDEX CONCURRENTLY uq ON users (a, b)')}\n` +
      `// migration 2 of 2\n${query('ALTER TABLE users ADD CONSTRAINT uq UNIQUE USING INDEX uq')}`,
  ],
])('%s', (rule, sql, expected) => {
  expect(fix(rule, sql)).toBe(expected);
});

test.each([
  [
    'adding-field-with-default',
    'ALTER TABLE users ADD COLUMN token uuid DEFAULT gen_random_uuid()',
    [
      'ALTER TABLE users ADD COLUMN token uuid`',
      'SET DEFAULT gen_random_uuid()',
      'UPDATE users SET token = gen_random_uuid() WHERE id IN (SELECT id FROM users WHERE token IS NULL LIMIT 5000)',
    ],
  ],
  [
    'changing-column-type',
    'ALTER TABLE users ALTER COLUMN age SET DATA TYPE bigint USING age::bigint',
    ['ADD COLUMN "age_new" bigint`', 'UPDATE users SET "age_new" = age::bigint'],
  ],
  [
    'adding-required-field',
    'ALTER TABLE users ADD COLUMN club text NOT NULL',
    ['ADD COLUMN club text NOT NULL DEFAULT ...'],
  ],
  ['ban-drop-column', 'ALTER TABLE users DROP COLUMN age', [`static gate = 'contract';`]],
  [
    'renaming-column',
    'ALTER TABLE users RENAME COLUMN age TO years',
    ['age -> years', `static gate = 'switch';`],
  ],
  ['renaming-table', 'ALTER TABLE users RENAME TO people', ['people', `static gate = 'switch';`]],
])('%s', (rule, sql, pieces) => {
  for (const piece of pieces) expect(fix(rule, sql)).toContain(piece);
});

test('a statement of a form that is not known gets the advice of squawk, or a place to read', () => {
  expect(fix('adding-not-nullable-field', 'DO $$ BEGIN END $$')).toBe('advice of squawk');
  expect(squawkFix('ban-char-field', 'SELECT 1', null)).toBe('See https://squawkhq.com/docs/ban-char-field.');
});

test('what a template literal would read differently is escaped', () => {
  expect(fix('require-concurrent-index-creation', "CREATE INDEX i ON t ((a || '`${x}\\'))")).toContain(
    '\\`\\${x}\\\\',
  );
});
