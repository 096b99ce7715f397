/** A live database -> the facts of a conversion. Reads only: the catalog in one statement, and so in one snapshot. */
import { useDefaultPath } from '../../catalog/read-catalog';
import type { Query } from '../../pg/query';
import type { IdConversion } from '../declaration';
import { CONVERSION_SCHEMA, NUMERIC_VIEWS, schemaAndName, UUID_VIEWS } from '../names';
import { twinsByTable, twinsOf } from '../twins';
import { loadParser } from './expressions';
import type { BegunConversion, ConversionFacts, FunctionFacts } from './facts';
import { FACTS } from './sql/facts';
import type { IndexedFacts, IndexFacts, PartitionFacts, TableFacts } from './table-facts';
import type { ViewFacts } from './view-facts';
import { queryPieces, type ReadRelation } from './view-query';

type FoundFunction = Pick<FunctionFacts, 'name' | 'language' | 'reads'> & {
  readonly source: string;
  readonly triggerOf: readonly string[];
};

type FoundView = Omit<ViewFacts, 'pieces' | 'leansOnKey'>;

/** As it comes from Postgres. */
type Found<T extends IndexedFacts> = Omit<T, 'indexes'> & {
  readonly indexes: readonly Omit<IndexFacts, 'columns'>[];
};

interface FactsRow extends Pick<ConversionFacts, 'serverVersion' | 'otherPolicies' | 'session'> {
  readonly tables: readonly Found<TableFacts>[];
  readonly partitions: readonly Found<PartitionFacts>[];
  readonly relations: readonly ConversionFacts['relations'][string][];
  readonly views: readonly FoundView[];
  readonly functions: readonly FoundFunction[];
  readonly sequences: readonly ConversionFacts['sequences'][string][];
  readonly schemas: readonly ConversionFacts['schemas'][string][];
}

const OWN_SCHEMAS = [CONVERSION_SCHEMA, NUMERIC_VIEWS, UUID_VIEWS];

/**
 * What is there of the tables that the conversion is about, and all that touches them. Sets the session's search_path to public, in
 * which names are printed, and turns JIT off: a server that has it compiles 2,000 functions for this statement, 0.85 s of 0.88. It
 * leaves both so.
 */
export async function readFacts(query: Query, conversion: IdConversion): Promise<ConversionFacts> {
  await useDefaultPath(query);
  await query(`SELECT set_config('jit', 'off', false)`);
  const names = [...twinsByTable(conversion).keys()];
  const wanted = names.map((name) => {
    const [schema, relation] = schemaAndName(name);
    return { schema, relation };
  });
  const [row] = await query<FactsRow>(FACTS, [JSON.stringify(wanted), OWN_SCHEMAS]);
  await loadParser();
  const { tables, partitions, relations, views, functions, sequences, schemas, ...rest } = row!;
  return {
    ...rest,
    tables: byName(tables.map(withIndexColumns)),
    partitions: partitions.map(withIndexColumns),
    relations: byName(relations),
    views: inDependencyOrder(withPieces(views, tables)),
    functions: functions.map((found) => toFunctionFacts(found, conversion)),
    sequences: byName(sequences),
    schemas: byName(schemas),
    begun: await readBegun(query),
  };
}

const withIndexColumns = <T extends Found<IndexedFacts>>(table: T) => ({
  ...table,
  indexes: table.indexes.map((index) => ({ ...index, columns: index.keys.map(({ column }) => column) })),
});

function withPieces(views: readonly FoundView[], tables: FactsRow['tables']): readonly ViewFacts[] {
  const relations = new Map<string, ReadRelation>(
    [...tables, ...views].map((relation) => {
      const constraints = 'constraints' in relation ? relation.constraints : [];
      const primaryKey = constraints.find(({ kind }) => kind === 'primary key')?.columns ?? [];
      return [relation.name, { primaryKey, columns: relation.columns.map(({ name }) => name) }];
    }),
  );
  const withoutKeys = new Map(
    [...relations].map(([name, { columns }]) => [name, { primaryKey: [], columns }]),
  );
  return views.map((view) => {
    const pieces = queryPieces(view.definition, relations);
    const leansOnKey = pieces.length > queryPieces(view.definition, withoutKeys).length;
    return { ...view, pieces, leansOnKey };
  });
}

/** Each view after all that it reads. */
function inDependencyOrder(views: readonly ViewFacts[]): readonly ViewFacts[] {
  const all = new Map(views.map((view) => [view.name, view]));
  const ordered = new Set<ViewFacts>();
  const visited = new Set<ViewFacts>();
  const visit = (view: ViewFacts) => {
    if (visited.has(view)) return;
    visited.add(view);
    for (const name of Object.keys(view.reads)) {
      const read = all.get(name);
      if (read) visit(read);
    }
    ordered.add(view);
  };
  views.forEach(visit);
  return [...ordered];
}

/** Which of the tables and converted columns a function's text names. A trigger's function names its table nowhere. */
function toFunctionFacts(
  { source, triggerOf, ...found }: FoundFunction,
  conversion: IdConversion,
): FunctionFacts {
  const words = new Set(source.toLowerCase().match(/[\p{L}\p{N}_$]+/gu) ?? []);
  const isNamed = (name: string) =>
    /^[\p{L}\p{N}_$]+$/u.test(name) ? words.has(name.toLowerCase()) : source.includes(name);
  const mentions: Record<string, readonly string[]> = {};
  for (const [table, twins] of twinsByTable(conversion)) {
    const [, relation] = schemaAndName(table);
    const columns = twins.map(({ column }) => column).filter(isNamed);
    if (columns.length > 0 && (isNamed(relation) || triggerOf.includes(table))) mentions[table] = columns;
  }
  return { ...found, mentions };
}

async function readBegun(query: Query): Promise<readonly BegunConversion[]> {
  const [there] = await query<{ isThere: boolean }>(
    `SELECT to_regclass('${CONVERSION_SCHEMA}.conversions') IS NOT NULL AS "isThere"`,
  );
  if (!there!.isThere) return [];
  const rows = await query<{ declaration: IdConversion }>(
    `SELECT "declaration" FROM "${CONVERSION_SCHEMA}"."conversions" ORDER BY "name"`,
  );
  return rows.map(({ declaration }) => ({
    name: declaration.name,
    columns: twinsOf(declaration).map(({ table, column }) => ({ table, column })),
  }));
}

const byName = <T extends { readonly name: string }>(things: readonly T[]): Record<string, T> =>
  Object.fromEntries(things.map((thing) => [thing.name, thing]));
