/** Squawk's reports -> findings: what `squawk-rules.ts` decides, applied. */
import { stallsWhileWorking } from './trace-facts';
import { findingOf, type MigrationFacts } from './facts';
import type { Finding } from './finding';
import type { SquawkReport } from './run-squawk';
import { squawkFix } from './squawk-fixes';
import { SQUAWK_RULES, squawkRule } from './squawk-rules';
import { plainName, readAlterTable } from './read-statement';

const PREFIX = 'squawk/';

/** Ids of squawk's rules as they are used here. */
export const SQUAWK_RULE_IDS = Object.keys(SQUAWK_RULES)
  .filter((name) => SQUAWK_RULES[name]!.kind !== 'off')
  .map((name) => `${PREFIX}${name}`);

export function squawkFindings(facts: MigrationFacts): Finding[] {
  return accusations(facts).flatMap((report) => {
    const rule = squawkRule(report.rule);
    if (rule.kind === 'off' || (rule.kind === 'clients' && facts.migration.gate !== undefined)) return [];
    const sql = facts.trace.statements[report.statement] ?? '';
    return [
      findingOf(
        { id: `${PREFIX}${report.rule}`, severity: rule.severity },
        {
          in: facts,
          statement: report.statement,
          subject: subjectOf(sql),
          message: report.rule === 'syntax-error' ? unreadable(report) : report.message,
          fix: squawkFix(report.rule, sql, report.help),
        },
      ),
    ];
  });
}

/** Statements about whose locks squawk has said what there is to say. */
export function accusedStatements(facts: MigrationFacts): ReadonlySet<number> {
  const locks = accusations(facts).filter(({ rule }) => squawkRule(rule).kind === 'lock');
  return new Set(locks.map(({ statement }) => statement));
}

/** Reports that the trace does not refute, the vague one left out where another says the same more precisely. */
function accusations({ squawk, trace }: MigrationFacts): SquawkReport[] {
  const left = squawk.filter(
    ({ rule, statement }) => squawkRule(rule).kind !== 'lock' || stallsWhileWorking(trace, statement),
  );
  return left.filter(
    ({ rule, statement }) =>
      rule !== 'constraint-missing-not-valid' ||
      !left.some(
        (other) =>
          other.statement === statement && other.rule !== rule && squawkRule(other.rule).kind === 'lock',
      ),
  );
}

function unreadable({ message }: SquawkReport): string {
  return `Squawk cannot read this statement (${message}), so only the trace judges it.`;
}

function subjectOf(sql: string): string | undefined {
  const table = readAlterTable(sql)?.table;
  return (
    table &&
    table
      .split('.')
      .map((part) => plainName(part.trim()))
      .filter((part) => part !== 'public')
      .join('.')
  );
}
