/**
 * What becomes of each of squawk's rules here: the one place where that is decided.
 *
 * A `lock` rule suspects from the text alone; the trace has seen what really happened. Its report counts only where the
 * trace saw its statement scan or rewrite a table while clients were stalled: a NOT NULL that a valid check proves, or a
 * wider varchar, is acquitted. A `clients` rule is about applications that still use the old schema; the gate of a gated
 * migration says that there are none left.
 */
import type { Severity } from './finding';

export type SquawkRule =
  | { readonly kind: 'lock' | 'clients' | 'other'; readonly severity: Severity }
  | { readonly kind: 'off'; readonly reason: string };

const lock: SquawkRule = { kind: 'lock', severity: 'error' };
const clients: SquawkRule = { kind: 'clients', severity: 'error' };
const error: SquawkRule = { kind: 'other', severity: 'error' };
const warning: SquawkRule = { kind: 'other', severity: 'warning' };
const off = (reason: string): SquawkRule => ({ kind: 'off', reason });

const TIMEOUTS =
  'the migrator sets lock_timeout for every statement, and retries; --statement-timeout-ms is its option';

/** https://squawkhq.com/docs/rules */
export const SQUAWK_RULES: Readonly<Record<string, SquawkRule>> = {
  'adding-field-with-default': lock,
  'adding-foreign-key-constraint': lock,
  'adding-not-nullable-field': lock,
  // Checked against every row that is there, and refused by the first.
  'adding-required-field': lock,
  'adding-serial-primary-key-field': lock,
  'ban-alter-domain-with-add-constraint': warning,
  'ban-char-field': off(
    'squawk 2.61 takes `character varying` for `character`; entities ask for a length that is checked',
  ),
  'ban-concurrent-index-creation-in-transaction': error,
  'ban-create-domain-with-constraint': warning,
  'ban-drop-column': clients,
  'ban-drop-database': error,
  'ban-drop-not-null': { kind: 'clients', severity: 'warning' },
  'ban-drop-table': clients,
  'ban-truncate-cascade': error,
  'ban-uncommitted-transaction': error,
  'changing-column-type': lock,
  'constraint-missing-not-valid': lock,
  'disallowed-unique-constraint': lock,
  'identifier-too-long': error,
  'prefer-bigint-over-int': off(
    'ids are UUIDs here; the integers that are left count and measure small things',
  ),
  'prefer-bigint-over-smallint': off('as for int: a rating from 1 to 10 needs no more'),
  'prefer-identity': warning,
  'prefer-repack': off(
    'pg_repack is an extension that managed servers may lack; trace/table-rewritten tells of a rewrite',
  ),
  'prefer-robust-stmts': off(
    'a migration is one transaction, and outside of one IF NOT EXISTS would take the invalid index that a failed ' +
      'CREATE INDEX CONCURRENTLY leaves for a good one',
  ),
  'prefer-text-field': off('the limits of varchar are rules of the domain, and a wider one rewrites nothing'),
  'prefer-timestamp-tz': warning,
  'renaming-column': clients,
  'renaming-table': clients,
  'require-concurrent-index-creation': lock,
  'require-concurrent-index-deletion': off(
    'DROP INDEX needs its lock for a moment only, and lock_timeout with retries sees to the wait for it',
  ),
  'require-concurrent-partition-detach': warning,
  'require-concurrent-reindex': lock,
  'require-enum-value-ordering': off('the order of labels means nothing here'),
  'require-lock-timeout': off(TIMEOUTS),
  'require-statement-timeout': off(TIMEOUTS),
  'require-table-schema': off(
    'a service has one schema; what the legacy schema is for is named where it is used',
  ),
  'require-timeout-settings': off(TIMEOUTS),
  'syntax-error': warning,
  'transaction-nesting': error,
};

/** Of those that squawk asks by itself: the ones that it need not ask. */
export const EXCLUDED_RULES = Object.keys(SQUAWK_RULES).filter((name) => SQUAWK_RULES[name]!.kind === 'off');

/** A rule that a newer squawk has and that nobody has decided about yet. */
export function squawkRule(name: string): SquawkRule {
  return SQUAWK_RULES[name] ?? warning;
}
