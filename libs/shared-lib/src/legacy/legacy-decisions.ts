/**
 * What people decided about rows of a legacy database: a small table, written with psql and read by everybody. A decision is about
 * one subject of a kind (the role 'Trainer'), or about the whole kind ('*').
 */
import { LegacyError } from './legacy-error';
import type { LegacyCheck, LegacyChoice } from './legacy-check';

/** The tool schema of id conversions; no comparison of schemas is about it. */
const TABLE = '"id_conversion"."legacy_decisions"';
/** Stands for every subject of a kind that has no decision of its own. */
export const WHOLE_KIND = '*';

export type RunSql = (sql: string, parameters?: unknown[]) => Promise<unknown>;

/** Version 1 of the table; a migration calls it, so this function never changes. */
export async function createLegacyDecisionsV1(run: RunSql): Promise<void> {
  await run('CREATE SCHEMA IF NOT EXISTS "id_conversion"');
  await run(`CREATE TABLE IF NOT EXISTS ${TABLE} (
    "kind" text NOT NULL,
    "subject" text NOT NULL DEFAULT '${WHOLE_KIND}',
    "choice" text NOT NULL,
    "detail" text NOT NULL DEFAULT '',
    "decided_by" text NOT NULL DEFAULT session_user,
    "decided_at" timestamp with time zone NOT NULL DEFAULT now(),
    PRIMARY KEY ("kind", "subject")
  )`);
  await run(
    `COMMENT ON TABLE ${TABLE} IS 'What to do about legacy rows that cannot be taken over as they are'`,
  );
}

export async function dropLegacyDecisionsV1(run: RunSql): Promise<void> {
  await run(`DROP TABLE IF EXISTS ${TABLE}`);
}

export interface LegacyDecision {
  readonly kind: string;
  readonly subject: string;
  readonly choice: string;
  readonly detail: string;
}

/** @throws LegacyError LEGACY_DECISION_INVALID, which lists every one that cannot be carried out */
export async function readDecisions(
  run: RunSql,
  checks: readonly LegacyCheck[],
): Promise<readonly LegacyDecision[]> {
  const decisions = (await run(
    `SELECT "kind", "subject", "choice", "detail" FROM ${TABLE} ORDER BY "kind", "subject"`,
  )) as LegacyDecision[];
  const faults = decisions.flatMap((decision) => faultOf(decision, checks) ?? []);
  if (faults.length === 0) return decisions;
  throw new LegacyError(
    'LEGACY_DECISION_INVALID',
    `Nothing was changed. ${TABLE} has decisions that cannot be carried out; correct or delete them:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
  );
}

function faultOf(
  { kind, subject, choice, detail }: LegacyDecision,
  checks: readonly LegacyCheck[],
): string | undefined {
  const where = `kind '${kind}', subject '${subject}'`;
  const check = checks.find((known) => known.kind === kind);
  if (!check) return `${where}: there is no such kind. The kinds are ${decidable(checks)}.`;
  const chosen = check.choices.find((known) => known.choice === choice);
  if (!chosen) {
    return `${where}: choice '${choice}' is none. The choices are ${check.choices.map((known) => known.choice).join(', ')}.`;
  }
  if (!chosen.detail)
    return detail === '' ? undefined : `${where}: '${choice}' takes no detail, and has '${detail}'.`;
  return chosen.detail.accepts(detail)
    ? undefined
    : `${where}: detail '${detail}' does not do for '${choice}'; it must be ${chosen.detail.means}.`;
}

const decidable = (checks: readonly LegacyCheck[]) =>
  checks
    .filter(({ choices }) => choices.length > 0)
    .map(({ kind }) => kind)
    .join(', ');

/** The statement to paste that files a decision. */
export function decidingStatement(kind: string, subject: string, { choice, detail }: LegacyChoice): string {
  const values = [kind, subject, choice, detail?.example ?? ''].map(
    (value) => `'${value.replaceAll("'", "''")}'`,
  );
  return `INSERT INTO ${TABLE} ("kind", "subject", "choice", "detail") VALUES (${values.join(', ')});`;
}
