/**
 * Candidate rows -> rows of one table. One statement: Postgres reads them, judges the checks, and skips what would
 * collide with a unique rule; only what the statement itself refuses is tried row by row.
 */
import { escapeIdentifier } from 'pg';
import type { Constraint, Table } from '../catalog/catalog';
import type { Query } from '../pg/query';
import { sqlstateOf } from '../pg/sqlstate';
import { quotedName } from '../catalog/quoted-name';
import { type RowText } from './rows-snapshot';

export interface Inserted {
  readonly count: number;
  /** What Postgres said against the last row that it refused. */
  readonly refusal: string | null;
}

/**
 * Inserts at most `limit` of the candidates: all that are skipped for a unique rule counted as well, unless they go
 * `one by one`.
 */
export async function insertRows(
  query: Query,
  table: Table,
  candidates: readonly RowText[],
  limit: number,
  way: 'at once' | 'one by one' = 'at once',
): Promise<Inserted> {
  if (candidates.length === 0 || limit === 0) return { count: 0, refusal: null };
  // ON CONFLICT cannot judge a rule that is itself judged only at the end of the transaction.
  const isDeferrable = Object.values(table.constraints).some(
    ({ kind, definition }) => kind !== 'foreign key' && / DEFERRABLE/.test(definition),
  );
  if (!isDeferrable && way === 'at once') {
    const all = await tryInsert(query, table, candidates, limit);
    if (all.refusal === null) return all;
  }
  let count = 0;
  let refusal: string | null = null;
  for (const candidate of candidates) {
    if (count === limit) break;
    const one = await tryInsert(query, table, [candidate], 1, isDeferrable ? '' : undefined);
    count += one.count;
    refusal = one.refusal ?? refusal;
  }
  return { count, refusal };
}

/** For each candidate, which of the checks it keeps. */
export async function judgeRows(
  query: Query,
  table: Table,
  candidates: readonly RowText[],
): Promise<{ readonly row: RowText; readonly keeps: ReadonlySet<string> }[]> {
  const checks = checksOf(table);
  const judged = await query<{ keeps: (string | null)[] }>(
    `SELECT ARRAY[${checks.map((check, index) => `CASE WHEN ${condition(check)} THEN $${index + 2}::text END`).join(', ')}]
       AS keeps FROM ${candidateRows(table)}`,
    [asJson(table, candidates), ...checks.map(({ name }) => name)],
  );
  return judged.map(({ keeps }, index) => ({
    row: candidates[index]!,
    keeps: new Set(keeps.filter((name) => name !== null)),
  }));
}

export function checksOf(table: Table): Constraint[] {
  return Object.values(table.constraints).filter(({ kind }) => kind === 'check');
}

async function tryInsert(
  query: Query,
  table: Table,
  candidates: readonly RowText[],
  limit: number,
  onConflict = 'ON CONFLICT DO NOTHING',
): Promise<Inserted> {
  const columns = Object.keys(candidates[0]!).map((column) => escapeIdentifier(column));
  const conditions = ['true', ...checksOf(table).map(condition)].join(' AND ');
  const source =
    columns.length === 0
      ? 'DEFAULT VALUES'
      : `(${columns.join(', ')}) OVERRIDING SYSTEM VALUE
         SELECT ${columns.join(', ')} FROM ${candidateRows(table)} WHERE ${conditions} LIMIT ${limit}`;
  try {
    const rows = await query(
      `INSERT INTO ${quotedName(table)} ${source} ${onConflict} RETURNING 1`,
      columns.length === 0 ? [] : [asJson(table, candidates)],
    );
    return { count: rows.length, refusal: null };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { count: 0, refusal: error instanceof Error ? error.message : String(error) };
  }
}

/** The row or the statement is at fault, not the connection, the disk or the server. */
export function isRefusal(error: unknown): boolean {
  return /^(?:0A|2[1237]|3[89]|42|44|P0)/.test(sqlstateOf(error) ?? '');
}

/** The candidates as rows of the table, generated columns with the values that they will have. */
function candidateRows(table: Table): string {
  const columns = table.columns.map(({ name, generated }) => {
    const identifier = escapeIdentifier(name);
    return generated === null ? `candidate.${identifier}` : `(${generated}) AS ${identifier}`;
  });
  const rows = `json_populate_recordset(NULL::${quotedName(table)}, $1::json) AS candidate`;
  return `(SELECT ${columns.join(', ')} FROM ${rows}) AS ${escapeIdentifier(table.name)}`;
}

/** A check refuses only what it calls false. */
function condition({ definition }: Constraint): string {
  return `${definition.replace(/^CHECK /, '').replace(/ NO INHERIT$/, '')} IS NOT FALSE`;
}

/** Every value as a string, which Postgres gives to the column's own type; JSON columns take theirs as it is. */
function asJson(table: Table, rows: readonly RowText[]): string {
  const plain = new Set(
    table.columns.filter(({ type }) => type === 'json' || type === 'jsonb').map(({ name }) => name),
  );
  const entry = (column: string, value: string | null) =>
    `${JSON.stringify(column)}:${value !== null && plain.has(column) ? value : JSON.stringify(value)}`;
  return `[${rows
    .map(
      (row) =>
        `{${Object.entries(row)
          .map(([column, value]) => entry(column, value))
          .join(',')}}`,
    )
    .join(',')}]`;
}
