/** Pure: whether a default is one value for all rows of a table, so that Postgres need not write any of them. */
import { sqlPieces } from '../pg/sql-pieces';

/** Those of Postgres that give one value within a statement, and whose results in defaults people use. */
const STABLE = new Set([
  'now',
  'transaction_timestamp',
  'statement_timestamp',
  'timezone',
  'date_trunc',
  'current_setting',
  'current_database',
  'lower',
  'upper',
  'jsonb_build_object',
  'jsonb_build_array',
  'json_build_object',
  'json_build_array',
  'to_timestamp',
  'make_interval',
]);

/** Null is no default. What is not known to be one value is taken for many: slower, and never wrong. */
export function isSameForAllRows(expression: string | null): boolean {
  if (expression === null) return true;
  const plain = sqlPieces(expression)
    // A quoted name stays a name; of strings nothing is needed.
    .map(({ kind, text }) => (kind === 'plain' || text.startsWith('"') ? text : "''"))
    .join('')
    // Types have brackets too: numeric(5,2).
    .replace(/::(character varying|bit varying|[\w."]+)\(\d[\d, ]*\)/g, '');
  const calls = [...plain.matchAll(/([\w"]+)\s*\(/g)].map(([, name = '']) => name);
  return calls.every((name) => STABLE.has(name) || /^[A-Z]+$/.test(name));
}
