/**
 * What people decided about rows of a legacy database: a small table, written with psql and read by everybody. A decision is about
 * one subject of a kind (the role 'Trainer'), or about the whole kind ('*').
 */
import { LegacyError } from './legacy-error';
import type { LegacyCheck, LegacyChoice } from './legacy-check';
import type { RunSql } from './run-sql';

/** The tool schema of id conversions; no comparison of schemas is about it. */
const TABLE = '"id_conversion"."legacy_decisions"';
/** Stands for every subject of a kind that has no decision of its own. */
export const WHOLE_KIND = '*';

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

/**
 * For all that is decided here.
 * @throws LegacyError LEGACY_DECISION_INVALID, which lists every one that cannot be carried out
 */
export async function readDecisions(
  run: RunSql,
  checks: readonly LegacyCheck[],
): Promise<readonly LegacyDecision[]> {
  const earlier = checks.filter(({ isDecidedEarlier }) => isDecidedEarlier).map(({ kind }) => kind);
  const decisions = (await readAll(run)).filter(({ kind }) => !earlier.includes(kind));
  return withoutFault(decisions, (decision) => {
    const check = checks.find(({ kind }) => kind === decision.kind);
    return check
      ? faultOf(decision, check.choices)
      : `there is no such kind. The kinds are ${decidable(checks)}.`;
  });
}

interface KnownKind {
  readonly kind: string;
  readonly choices: readonly LegacyChoice[];
  /** What a decision can be about, besides the whole kind. */
  readonly subjects: readonly string[];
}

/**
 * Those of one kind.
 * @throws LegacyError LEGACY_DECISION_INVALID
 */
export async function readDecisionsOf(
  run: RunSql,
  { kind, choices, subjects }: KnownKind,
): Promise<readonly LegacyDecision[]> {
  const decisions = (await readAll(run)).filter((decision) => decision.kind === kind);
  return withoutFault(decisions, (decision) =>
    decision.subject === WHOLE_KIND || subjects.includes(decision.subject)
      ? faultOf(decision, choices)
      : `there is no such subject. The subjects are ${[WHOLE_KIND, ...subjects].join(', ')}.`,
  );
}

async function readAll(run: RunSql): Promise<readonly LegacyDecision[]> {
  return (await run(
    `SELECT "kind", "subject", "choice", "detail" FROM ${TABLE} ORDER BY "kind", "subject"`,
  )) as LegacyDecision[];
}

function withoutFault(
  decisions: readonly LegacyDecision[],
  faultIn: (decision: LegacyDecision) => string | undefined,
): readonly LegacyDecision[] {
  const faults = decisions.flatMap((decision) => {
    const fault = faultIn(decision);
    return fault === undefined ? [] : [`  kind '${decision.kind}', subject '${decision.subject}': ${fault}`];
  });
  if (faults.length === 0) return decisions;
  throw new LegacyError(
    'LEGACY_DECISION_INVALID',
    `Nothing was changed. ${TABLE} has decisions that cannot be carried out; correct or delete them:\n${faults.join('\n')}`,
  );
}

function faultOf({ choice, detail }: LegacyDecision, choices: readonly LegacyChoice[]): string | undefined {
  const chosen = choices.find((known) => known.choice === choice);
  if (!chosen)
    return `choice '${choice}' is none. The choices are ${choices.map((known) => known.choice).join(', ')}.`;
  if (!chosen.detail) return detail === '' ? undefined : `'${choice}' takes no detail, and has '${detail}'.`;
  return chosen.detail.accepts(detail)
    ? undefined
    : `detail '${detail}' does not do for '${choice}'; it must be ${chosen.detail.means}.`;
}

const decidable = (checks: readonly LegacyCheck[]) =>
  checks
    .filter(({ choices, isDecidedEarlier }) => choices.length > 0 && !isDecidedEarlier)
    .map(({ kind }) => kind)
    .join(', ');

/** The statement to paste that files a decision. */
export function decidingStatement(kind: string, subject: string, { choice, detail }: LegacyChoice): string {
  const values = [kind, subject, choice, detail?.example ?? ''].map(
    (value) => `'${value.replaceAll("'", "''")}'`,
  );
  return `INSERT INTO ${TABLE} ("kind", "subject", "choice", "detail") VALUES (${values.join(', ')});`;
}
