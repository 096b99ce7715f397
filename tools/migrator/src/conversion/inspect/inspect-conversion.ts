/**
 * The room `inspect` looks at a database before a conversion of it begins: what touches the keys and references (`readFacts`), what
 * cannot be carried over and why (`refusalsOf`, and `tryOnUuids` where only Postgres knows), what somebody should look at
 * (`cautionsOf`), and which references the database itself knows of (`discoverReferences`). It changes nothing, and it does not look
 * at rows: references to nothing are the business of the room `proof`.
 */
import type { ConversionDatabase } from '../conversion-database';
import type { IdConversion } from '../declaration';
import type { ConversionFacts } from './facts';
import { readFacts } from './read-facts';
import type { Caution, Refusal } from './refusal';
import { cautionsOf, refusalsOf } from './refusals-of';
import { tryOnUuids } from './try-on-uuids';

export interface InspectionResult {
  readonly facts: ConversionFacts;
  /** None when the conversion can begin. */
  readonly refusals: readonly Refusal[];
  readonly cautions: readonly Caution[];
}

/** For a database whose plain names mean numbers: before the first phase, and when it is repeated. */
export async function inspectConversion(
  database: ConversionDatabase,
  conversion: IdConversion,
): Promise<InspectionResult> {
  const facts = await readFacts(database.query, conversion);
  const refusals = await refusalsOf(conversion, facts);
  return {
    facts,
    refusals: refusals.length > 0 ? refusals : await tryOnUuids(database, conversion, facts),
    cautions: cautionsOf(conversion, facts),
  };
}
