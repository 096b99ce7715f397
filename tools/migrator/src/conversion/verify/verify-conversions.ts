/**
 * The room `verify` owns what `conversion-verify` says: whether at this moment, in whatever phase and shape, every row, reference and
 * pair of a database is what it should be. It reads only, each table in one snapshot, and locks nothing; clients go on. It does not
 * own how halves are compared (`proof`).
 *
 *   columns      number against UUID of every row, by the map           until the contract
 *   references   UUIDs against the map, or the owner's rows             after it
 *   maps         every copy against the owner's
 *   leftovers    triggers, rules, indexes, NOT NULL                     by the catalogs
 *
 * Whoever writes tables in the middle of a run has always something that is still to come: that is `open` where the next phase needs it,
 * and no fault.
 */
import type { Query } from '../../pg/query';
import type { IdConversion } from '../declaration';
import { readConversionStatus, type ConversionStatus } from '../status/read-status';
import { twinsOf } from '../twins';
import { isFilled } from './fill-state';
import { findLeftovers } from './leftovers';
import { verifyColumns } from './verify-columns';
import { verifyMaps } from './verify-maps';
import { verifyReferences } from './verify-references';
import { verdictOf, type AskOwner, type ConversionVerification } from './verification';

export interface VerifyOptions {
  readonly askOwner: AskOwner;
  /** Whether a migrator works on this database just now. */
  readonly isMigratorAtWork: boolean;
}

/** In the order of their names; none where no conversion has begun. */
export async function verifyConversions(
  query: Query,
  options: VerifyOptions,
): Promise<ConversionVerification[]> {
  const verified: ConversionVerification[] = [];
  for (const status of await readConversionStatus(query)) {
    verified.push(await verifyConversion(query, status, options));
  }
  return verified;
}

async function verifyConversion(
  query: Query,
  { service, name, shape, isOwner, dangling }: ConversionStatus,
  { askOwner, isMigratorAtWork }: VerifyOptions,
): Promise<ConversionVerification> {
  const conversion = await readDeclaration(query, name);
  const { columns, findings: ofColumns } = await verifyColumns(query, conversion, shape, askOwner);
  const stage = columns.length > 0 ? 'paired' : 'contracted';
  const { references, findings: ofReferences } =
    stage === 'paired'
      ? { references: [], findings: [] }
      : await verifyReferences(query, conversion, askOwner);
  const areRowsProven = [...columns, ...references].every(({ verdict }) => verdict === 'proven');
  const { maps, findings: ofMaps } = await verifyMaps(query, conversion, { askOwner, areRowsProven });
  const isUnderWay = isMigratorAtWork || (stage === 'paired' && !(await isAllFilled(query, conversion)));
  const { relaxed, findings: ofLeftovers } = await findLeftovers(query, conversion, {
    shape,
    stage,
    isUnderWay,
  });
  const findings = [...ofColumns, ...ofReferences, ...ofMaps, ...ofLeftovers];
  const verdict = verdictOf(findings);
  return {
    ...{ service, name, isOwner, shape, stage, verdict },
    ...{ columns, references, maps, relaxed, dangling, findings },
  };
}

async function readDeclaration(query: Query, name: string): Promise<IdConversion> {
  const [row] = await query<{ declaration: IdConversion }>(
    `SELECT "declaration" FROM "id_conversion"."conversions" WHERE "name" = $1`,
    [name],
  );
  return row!.declaration;
}

async function isAllFilled(query: Query, conversion: IdConversion): Promise<boolean> {
  for (const twin of twinsOf(conversion)) {
    if (!(await isFilled(query, conversion.name, twin))) return false;
  }
  return true;
}
