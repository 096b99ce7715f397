import type { Finding } from '../../lint/finding';
import type { MigrationTrace } from '../../trace/migration-trace';
import { renderGithub } from './render-github';

const FINDING: Finding = {
  rule: 'trace/table-rewritten',
  severity: 'error',
  service: 'user-service',
  migration: 'Change1700000000000',
  file: 'apps/user-service/src/migrations/1700000000000-Change.ts',
  line: 7,
  statement: 'TRUNCATE users',
  subject: 'users',
  message: '100% of users, all: gone',
  fix: 'first\nsecond',
};
const lint = (...findings: Finding[]) => ({
  service: 'user-service',
  migrations: [{ trace: {} as MigrationTrace, file: FINDING.file, withoutRows: [], findings }],
});

test('one annotation for each finding, with what GitHub would take for its own escaped', () => {
  expect(renderGithub([lint(FINDING, { ...FINDING, severity: 'warning', line: null })])).toBe(
    `::error file=${FINDING.file},line=7,title=trace/table-rewritten::100%25 of users, all: gone%0AInstead:%0Afirst%0Asecond\n` +
      `::warning file=${FINDING.file},title=trace/table-rewritten::100%25 of users, all: gone%0AInstead:%0Afirst%0Asecond`,
  );
});

test('a service that could not be judged is an error of its own', () => {
  const error = { code: 'LINTER_MISSING', message: 'a: b, c' };
  expect(renderGithub([{ ...lint(), service: 'a:b', error }])).toBe('::error title=a%3Ab::a: b, c');
});
