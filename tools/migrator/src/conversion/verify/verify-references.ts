/**
 * After the contract the UUIDs are all there is: each has to be in the id map, or to be of a row that was made since, which the owner's
 * table has.
 */
import { escapeIdentifier } from 'pg';
import type { Query } from '../../pg/query';
import type { IdConversion, Reference } from '../declaration';
import { idMapOf, quotedTable } from '../names';
import { referenceSql } from '../pairing/reference-sql';
import type { AskOwner, Finding, ReferenceProof } from './verification';

const UUIDS_AT_ONCE = 10_000;
const EXAMPLES = 10;

export interface ReferencesVerified {
  readonly references: readonly ReferenceProof[];
  readonly findings: readonly Finding[];
}

export async function verifyReferences(
  query: Query,
  conversion: IdConversion,
  askOwner: AskOwner,
): Promise<ReferencesVerified> {
  const references: ReferenceProof[] = [];
  const findings: Finding[] = [];
  for (const reference of conversion.references) {
    const { madeSince, finding } = await verifyReference(query, conversion, reference, askOwner);
    const { table, column, to } = reference;
    references.push({ table, column, to, madeSince, verdict: finding?.verdict ?? 'proven' });
    if (finding) findings.push(finding);
  }
  return { references, findings };
}

async function verifyReference(
  query: Query,
  conversion: IdConversion,
  reference: Reference,
  askOwner: AskOwner,
): Promise<{ readonly madeSince: number; readonly finding?: Finding }> {
  const subject = `${reference.table}.${reference.column}`;
  const nowhere: string[] = [];
  let madeSince = 0;
  for (let after: string | null = null; ;) {
    const uuids = await uuidsNotInMap(query, reference, after);
    if (uuids.length === 0) break;
    const unknown = await askOwner(conversion, (owner) => withoutRow(owner, conversion, reference.to, uuids));
    if (!unknown) {
      const message = `it has UUIDs of rows made since the contract, and ${conversion.owner}'s database, where these rows are, cannot be reached from here.`;
      return {
        madeSince,
        finding: { verdict: 'open', code: 'MAP_NOT_COMPARED', subject, message, examples: [] },
      };
    }
    madeSince += uuids.length - unknown.length;
    nowhere.push(...unknown);
    after = uuids.at(-1)!;
  }
  if (nowhere.length === 0) return { madeSince };
  const message =
    `${nowhere.length} UUID(s) are neither in the id map nor in ${reference.to}: of rows that were made and deleted since the contract, or ` +
    'written by mistake. Look for the rows that have them.';
  return {
    madeSince,
    finding: {
      ...{ verdict: 'wrong', code: 'REFERS_TO_NOTHING', subject, message },
      examples: nowhere.slice(0, EXAMPLES),
    },
  };
}

/** Different ones, in their order. */
async function uuidsNotInMap(query: Query, reference: Reference, after: string | null): Promise<string[]> {
  const uuids = referenceSql(reference, 't').uuidsIn(`t.${escapeIdentifier(reference.column)}`);
  const rows = await query<{ uuid: string }>(
    `SELECT DISTINCT had."uuid" FROM ${quotedTable(reference.table)} t CROSS JOIN LATERAL (${uuids}) AS had("uuid")
      WHERE had."uuid" IS NOT NULL AND ($1::uuid IS NULL OR had."uuid" > $1)
        AND NOT EXISTS (SELECT FROM ${idMapOf(reference.to)} AS m WHERE m."uuid" = had."uuid")
      ORDER BY had."uuid" LIMIT ${UUIDS_AT_ONCE}`,
    [after],
  );
  return rows.map(({ uuid }) => uuid);
}

async function withoutRow(
  owner: Query,
  { keys }: IdConversion,
  table: string,
  uuids: readonly string[],
): Promise<string[]> {
  const { column } = keys.find((key) => key.table === table)!;
  const rows = await owner<{ uuid: string }>(
    `SELECT wanted."uuid" FROM unnest($1::uuid[]) AS wanted("uuid")
      WHERE NOT EXISTS (SELECT FROM ${quotedTable(table)} t WHERE t.${escapeIdentifier(column)} = wanted."uuid")`,
    [uuids],
  );
  return rows.map(({ uuid }) => uuid);
}
