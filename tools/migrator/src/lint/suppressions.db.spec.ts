import { lintMigration } from '../testing/lint-specimens';
import type { Finding } from './finding';

const brief = (findings: readonly Finding[]) =>
  findings.map(({ rule, severity, subject }) => `${severity} ${rule}${subject ? ` ${subject}` : ''}`);
const DROP = ['ALTER TABLE users DROP COLUMN age'];
const suppressing = async (lintOf: Record<string, string>) =>
  brief(await lintMigration(DROP, { lint: lintOf }));

test.each<[string, Record<string, string>, string[]]>([
  ['with a reason', { 'squawk/ban-drop-column': 'it was never released' }, []],
  ['of one subject', { 'squawk/ban-drop-column(users)': 'it was never released' }, []],
  [
    'of another subject',
    { 'squawk/ban-drop-column(teams)': 'it was never released' },
    [
      'error squawk/ban-drop-column users',
      'warning structure/unused-suppression squawk/ban-drop-column(teams)',
    ],
  ],
  [
    'without a reason',
    { 'squawk/ban-drop-column': ' ' },
    ['error squawk/ban-drop-column users', 'error structure/bad-suppression squawk/ban-drop-column'],
  ],
  [
    'of no rule',
    { 'squawk/ban-drops': 'why not' },
    ['error squawk/ban-drop-column users', 'error structure/bad-suppression squawk/ban-drops'],
  ],
  [
    'of a rule that is off',
    { 'squawk/prefer-text-field': 'why not' },
    ['error squawk/ban-drop-column users', 'error structure/bad-suppression squawk/prefer-text-field'],
  ],
  [
    'of nothing',
    { 'squawk/ban-drop-column': 'never released', 'trace/table-rewritten': 'small' },
    ['warning structure/unused-suppression trace/table-rewritten'],
  ],
])('%s', async (_what, lintOf, expected) => {
  const found = await suppressing(lintOf);
  expect(found.sort()).toEqual(expected.sort());
});
