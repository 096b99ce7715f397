/**
 * Looks for rows that cannot be taken over as they are, before anything is changed. What is decided, or needs no decision, is
 * written down row by row in `legacy_archive.findings`, where it stays; whatever is left stops the migration with a report:
 * what is wrong, how many rows, which, what can be done, and the statements to paste.
 *
 * Runs in the migration's transaction: a report that stops it leaves nothing behind.
 */
import type { LegacyCheck } from './legacy-check';
import { decidingStatement, readDecisions, WHOLE_KIND } from './legacy-decisions';
import { LegacyError } from './legacy-error';
import type { RunSql } from './run-sql';

/** Where rows and columns without a place in the platform are kept, and what was found about the others. */
export const LEGACY_ARCHIVE = 'legacy_archive';
export const FINDINGS = `"${LEGACY_ARCHIVE}"."findings"`;
/** Joins the finding of a kind about a legacy row, if there is one; SQL. Not for kinds with several findings about one row. */
export const joinFinding = (kind: string, alias: string, row: string): string =>
  `LEFT JOIN ${FINDINGS} AS ${alias} ON ${alias}."kind" = '${kind}' AND ${alias}."row_id" = ${row}."id"::text`;

const ROWS_SHOWN = 5;
const SUBJECTS_SHOWN = 10;

/**
 * @param service for the report
 * @throws LegacyError LEGACY_DECISION_INVALID, LEGACY_ROWS_UNDECIDED
 */
export async function judgeLegacyRows(
  run: RunSql,
  service: string,
  checks: readonly LegacyCheck[],
): Promise<void> {
  await run(`CREATE SCHEMA "${LEGACY_ARCHIVE}"`);
  await run(`CREATE TABLE ${FINDINGS} (
    "kind" text NOT NULL, "subject" text NOT NULL, "table_name" text NOT NULL, "row_id" text NOT NULL, "told" text NOT NULL,
    "choice" text, "detail" text, PRIMARY KEY ("kind", "table_name", "row_id", "subject")
  )`);
  await run(
    `COMMENT ON TABLE ${FINDINGS} IS 'Legacy rows that were changed on their way to the platform, and why'`,
  );
  const decisions = await readDecisions(run, checks);
  for (const { kind, rows } of checks) {
    await run(
      `INSERT INTO ${FINDINGS} ("kind", "subject", "table_name", "row_id", "told") SELECT '${kind}', found.* FROM (${rows}) AS found`,
    );
  }
  for (const { kind, subject, choice, detail } of [...decisions].sort(wholeKindsFirst)) {
    await run(
      `UPDATE ${FINDINGS} SET "choice" = $1, "detail" = $2 WHERE "kind" = $3 AND ($4 = '${WHOLE_KIND}' OR "subject" = $4)`,
      [choice, detail, kind, subject],
    );
  }
  await run(`ANALYZE ${FINDINGS}`);
  const undecided = await readUndecided(run, checks);
  if (undecided.length > 0) throw undecidedError(service, checks, undecided);
}

/** A decision about one subject counts more than one about them all. */
const wholeKindsFirst = (a: { subject: string }, b: { subject: string }) =>
  Number(b.subject === WHOLE_KIND) - Number(a.subject === WHOLE_KIND);

interface Undecided {
  readonly kind: string;
  readonly subject: string;
  readonly rows: number;
  readonly subjects: number;
  readonly shown: readonly string[];
}

/** The subjects with most rows of each kind. */
async function readUndecided(run: RunSql, checks: readonly LegacyCheck[]): Promise<readonly Undecided[]> {
  const kinds = checks
    .filter(({ choices, isDecidedEarlier }) => choices.length > 0 && !isDecidedEarlier)
    .map(({ kind }) => kind);
  return (await run(
    `SELECT "kind", "subject", "rows", "subjects", "shown" FROM (
       SELECT "kind", "subject", count(*)::int AS "rows",
         (array_agg("told" ORDER BY "told", "row_id"))[1:${ROWS_SHOWN}] AS "shown",
         row_number() OVER (PARTITION BY "kind" ORDER BY count(*) DESC, "subject") AS "place",
         count(*) OVER (PARTITION BY "kind")::int AS "subjects"
       FROM ${FINDINGS} WHERE "choice" IS NULL AND "kind" = ANY ($1) GROUP BY "kind", "subject") AS "found"
     WHERE "place" <= ${SUBJECTS_SHOWN} ORDER BY array_position($1, "kind"), "place"`,
    [kinds],
  )) as Undecided[];
}

function undecidedError(
  service: string,
  checks: readonly LegacyCheck[],
  undecided: readonly Undecided[],
): LegacyError {
  const kinds = checks.filter(({ kind }) => undecided.some((found) => found.kind === kind));
  const sections = kinds.map((check) =>
    section(
      check,
      undecided.filter(({ kind }) => kind === check.kind),
    ),
  );
  return new LegacyError(
    'LEGACY_ROWS_UNDECIDED',
    `${service}: some legacy rows cannot become rows of the platform as they are, and somebody has to decide. Nothing was changed.\n\n` +
      `${sections.join('\n\n')}\n\n` +
      `A decision with the subject '${WHOLE_KIND}' is for the whole kind. Decide with psql in this database, then migrate again.`,
  );
}

function section({ kind, what, rows, choices }: LegacyCheck, found: readonly Undecided[]): string {
  const subjects = found[0]!.subjects;
  return [
    `${kind}: ${what}`,
    ...found.map(
      ({ subject, rows: count, shown }) =>
        `  ${subject === '' ? '' : `'${subject}': `}${count} row${count === 1 ? '' : 's'}: ${shown.join('; ')}${count > shown.length ? '; ...' : ''}`,
    ),
    ...(subjects > found.length ? [`  and ${subjects - found.length} more subjects`] : []),
    `  all of them: ${rows.replace(/\s+/g, ' ').trim()};`,
    '  ways to decide:',
    ...choices.map(
      ({ choice, means, detail }) => `    ${choice}: ${means}${detail ? ` (detail: ${detail.means})` : ''}`,
    ),
    '  for example:',
    `    ${decidingStatement(kind, subjects === 1 && found[0]!.subject !== '' ? found[0]!.subject : WHOLE_KIND, choices[0]!)}`,
  ].join('\n');
}
