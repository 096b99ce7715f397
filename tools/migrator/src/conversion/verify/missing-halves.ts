/** Why rows have one half of a reference only, long enough for it to mean something. */
import { escapeIdentifier } from 'pg';
import type { Query } from '../../pg/query';
import type { IdConversion, Reference } from '../declaration';
import { idMapOf, quotedTable } from '../names';
import { WAITING_TABLE } from '../pairing/pairing-names';
import { referenceSql } from '../pairing/reference-sql';
import { twinNames, type ReferenceTwin, type Shape } from '../twins';
import type { AskOwner, Finding } from './verification';

/** More are counted as these are. */
const IDS_LOOKED_AT = 1_000;
const EXAMPLES = 10;
/** A row may wait that long for a pair that is on its way; the same as in proofs. */
const YOUNG = `interval '30 seconds'`;

interface UnknownId {
  readonly id: string;
  /** One of the rows that have it. */
  readonly row: string;
}

/**
 * @param incomplete how many rows have one half only
 * @returns at least one finding
 */
export async function whyHalvesAreMissing(
  query: Query,
  conversion: IdConversion,
  twin: ReferenceTwin,
  { shape, incomplete, askOwner }: { shape: Shape; incomplete: string; askOwner: AskOwner },
): Promise<readonly Finding[]> {
  const subject = `${twin.table}.${twin.column}`;
  const waiting: string[] = [];
  const nothing: string[] = [];
  for (const reference of twin.references) {
    for (const half of ['numeric', 'uuid'] as const) {
      const unknown = await unknownIds(query, reference, { half, shape });
      if (unknown.length === 0) continue;
      const known = await askOwner(conversion, (owner) => knownIds(owner, reference.to, half, unknown));
      if (!known) return [notAsked(conversion, subject, unknown)];
      for (const { id, row } of unknown) (known.has(id) ? waiting : nothing).push(`${id} in ${row}`);
    }
  }
  const findings: Finding[] = [];
  if (nothing.length > 0) {
    findings.push({
      ...{ verdict: 'wrong', code: 'REFERS_TO_NOTHING', subject, examples: nothing.slice(0, EXAMPLES) },
      message:
        `${nothing.length} number(s) or UUID(s) that ${conversion.owner} does not know. Mend the rows that have them; the phase ` +
        'UpdateReferences decides about those that were there before it (`dangling` in the declaration).',
    });
  }
  if (waiting.length > 0) {
    findings.push({
      ...{ verdict: 'open', code: 'WAITING_FOR_PAIRS', subject, examples: waiting.slice(0, EXAMPLES) },
      message: `rows wait for ${waiting.length} pair(s) that ${conversion.owner} has and that are not here yet; they are filled when the pairs come.`,
    });
  }
  if (findings.length > 0) return findings;
  const { numeric, uuid } = twinNames(twin, shape);
  const example = `SELECT left(to_jsonb(t)::text, 200) AS row FROM ${quotedTable(twin.table)} t
    WHERE (t.${escapeIdentifier(numeric)} IS NULL) <> (t.${escapeIdentifier(uuid)} IS NULL) LIMIT ${EXAMPLES}`;
  const rows = await query<{ row: string }>(example);
  return [
    {
      ...{ verdict: 'wrong', code: 'HALF_MISSING', subject, examples: rows.map(({ row }) => row) },
      message:
        `${incomplete} row(s) have one half only, although its pair is known: the other was emptied past the triggers. Write into it what ` +
        'belongs to the half that is there (SELECT "uuid" FROM "id_conversion"."<table>_ids" WHERE "number" = ...).',
    },
  ];
}

function notAsked({ owner }: IdConversion, subject: string, unknown: readonly UnknownId[]): Finding {
  return {
    ...{ verdict: 'open', code: 'MAP_NOT_COMPARED', subject },
    message: `rows wait for ${unknown.length} pair(s), and ${owner}'s database, which would tell whether there are any, cannot be reached from here.`,
    examples: unknown.slice(0, EXAMPLES).map(({ id, row }) => `${id} in ${row}`),
  };
}

/** Different ones that no pair has here, of rows with that half only, and that nobody began to wait for just now. */
async function unknownIds(
  query: Query,
  reference: Reference,
  { half, shape }: { readonly half: Shape; readonly shape: Shape },
): Promise<UnknownId[]> {
  const names = twinNames(reference, shape);
  const here = `t.${escapeIdentifier(names[half])}`;
  const other = `t.${escapeIdentifier(names[half === 'numeric' ? 'uuid' : 'numeric'])}`;
  const sql = referenceSql(reference, 't');
  const [column, ids] = half === 'numeric' ? ['number', sql.numbersIn(here)] : ['uuid', sql.uuidsIn(here)];
  return query<UnknownId>(
    `SELECT DISTINCT ON (wanted."id") wanted."id"::text AS id, left(to_jsonb(t)::text, 160) AS row
       FROM ${quotedTable(reference.table)} t CROSS JOIN LATERAL (${ids}) AS wanted("id")
      WHERE ${here} IS NOT NULL AND ${other} IS NULL AND wanted."id" IS NOT NULL
        AND NOT EXISTS (SELECT FROM ${idMapOf(reference.to)} AS m WHERE m."${column}" = wanted."id")
        AND NOT EXISTS (SELECT FROM ${WAITING_TABLE} AS w WHERE w."map" = $1 AND w."${column}" = wanted."id" AND w."since" > now() - ${YOUNG})
      ORDER BY wanted."id" LIMIT ${IDS_LOOKED_AT}`,
    [reference.to],
  );
}

async function knownIds(
  owner: Query,
  map: string,
  half: Shape,
  unknown: readonly UnknownId[],
): Promise<ReadonlySet<string>> {
  const [column, type] = half === 'numeric' ? ['number', 'bigint'] : ['uuid', 'uuid'];
  const rows = await owner<{ id: string }>(
    `SELECT "${column}"::text AS id FROM ${idMapOf(map)} WHERE "${column}" = ANY ($1::${type}[])`,
    [unknown.map(({ id }) => id)],
  );
  return new Set(rows.map(({ id }) => id));
}
