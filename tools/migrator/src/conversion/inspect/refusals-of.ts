/**
 * Pure: everything that stands in the way of a conversion, from its declaration and the facts of its database; and what somebody has
 * to look at. Asked before the first phase writes anything, and by the generator; while the plain names mean numbers.
 *
 * What only Postgres itself can tell, whether an expression has a meaning for UUIDs, is not here: see `tryOnUuids`.
 */
import type { IdConversion } from '../declaration';
import { loadParser } from './expressions';
import type { ConversionFacts } from './facts';
import { Inspection, kindOf } from './inspection';
import { caution, type Caution, type Refusal } from './refusal';
import { refuseCode } from './rules/code';
import { refuseColumns } from './rules/columns';
import { refuseDeclaration } from './rules/declaration';
import { refuseExpressions } from './rules/expressions';
import { refuseForeignKeys } from './rules/foreign-keys';
import { refuseNames, refuseRights } from './rules/names-and-rights';
import { refusePartitions } from './rules/partitions';
import { refuseTables } from './rules/tables';
import { refusePolicies, refuseViews } from './rules/views';

/** None for a conversion that can begin. Those of a declaration that is wrong in itself come alone. */
export async function refusalsOf(
  conversion: IdConversion,
  facts: ConversionFacts,
): Promise<readonly Refusal[]> {
  await loadParser();
  const inspection = new Inspection(conversion, facts);
  const wrong = refuseDeclaration(inspection);
  if (wrong.length > 0) return wrong;
  return [
    refuseTables,
    refusePartitions,
    refuseColumns,
    refuseForeignKeys,
    refuseExpressions,
    refuseCode,
    refuseViews,
    refusePolicies,
    refuseNames,
    refuseRights,
  ].flatMap((rule) => rule(inspection));
}

export function cautionsOf(conversion: IdConversion, facts: ConversionFacts): readonly Caution[] {
  const inspection = new Inspection(conversion, facts);
  const functions = facts.functions
    .filter(({ mentions }) => Object.keys(mentions).length > 0)
    .map(({ name, mentions }) =>
      caution(
        'CONVERSION_FUNCTION_MENTIONS',
        `function ${name}`,
        `its text names ${placesOf(mentions)}, which Postgres cannot follow. From the switch on these are UUIDs, unless the session's ` +
          'search_path begins with legacy: see that it works with both.',
      ),
    );
  const views = facts.views.flatMap(({ name, reads }) => {
    const documents = Object.entries(reads).flatMap(([table, columns]) =>
      columns
        .filter((column) => {
          const twin = inspection.twinAt(table, column);
          return twin !== undefined && ['json', 'polymorphic'].includes(kindOf(twin));
        })
        .map((column) => `${table}.${column}`),
    );
    if (documents.length === 0) return [];
    const problem = `it reads ${documents.join(' and ')}, in which UUIDs stand where numbers stood, as texts. See that it means the same.`;
    return [caution('CONVERSION_VIEW_OF_DOCUMENTS', `view ${name}`, problem)];
  });
  const keys = inspection.columns
    .filter(({ twin, column }) => twin.role === 'key' && column.sequence === null)
    .map(({ subject }) =>
      caution(
        'CONVERSION_KEY_WITHOUT_SEQUENCE',
        subject,
        'it takes its numbers from no sequence. A row that a new client inserts by its UUID alone gets a negative number, for old clients and for the way back.',
      ),
    );
  return [...functions, ...views, ...keys];
}

const placesOf = (mentions: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(mentions)
    .flatMap(([table, columns]) => columns.map((column) => `${table}.${column}`))
    .join(', ');
