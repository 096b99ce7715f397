/** Pure: a declaration beside the facts of its database, as the rules (in the folder of that name) look at it. */
import { isOwner, type IdConversion, type Reference } from '../declaration';
import { nameWithSuffix, NUMERIC_VIEWS, schemaAndName, UUID_VIEWS } from '../names';
import { twinNames, twinsByTable, type Twin } from '../twins';
import type { ConversionFacts } from './facts';
import type { ColumnFacts, IndexFacts, PartitionFacts, TableFacts } from './table-facts';

export type { ConvertedKey, IdConversion, Reference } from '../declaration';
export type { Twin } from '../twins';

/** The schemas whose views the conversion makes. */
export const SCHEMAS_OF_VIEWS = [NUMERIC_VIEWS, UUID_VIEWS] as const;

export interface InspectedTable extends TableFacts {
  readonly twins: ReadonlyMap<string, Twin>;
}

export class Inspection {
  readonly isOwner: boolean;
  /** Whether the first phase ran, or began to run: what the conversion makes may be there. */
  readonly hasBegun: boolean;
  /** By name, as it is declared: the tables that are there. */
  readonly tables: ReadonlyMap<string, InspectedTable>;
  private readonly twins: ReadonlyMap<string, readonly Twin[]>;

  constructor(
    readonly conversion: IdConversion,
    readonly facts: ConversionFacts,
  ) {
    this.isOwner = isOwner(conversion);
    this.hasBegun = facts.begun.some(({ name }) => name === conversion.name);
    this.twins = twinsByTable(conversion);
    this.tables = new Map(
      [...this.twins].flatMap(([name, twins]) => {
        const table = facts.tables[name];
        return table ? [[name, { ...table, twins: new Map(twins.map((twin) => [twin.column, twin])) }]] : [];
      }),
    );
  }

  /** Every table that the declaration names as one with a twin, there or not. */
  get tableNames(): readonly string[] {
    return [...this.twins.keys()];
  }

  twinAt(table: string, column: string): Twin | undefined {
    return this.tables.get(table)?.twins.get(column);
  }

  /** Every twin whose column is there. */
  get columns(): readonly InspectedColumn[] {
    return [...this.tables.values()].flatMap((table) =>
      [...table.twins.values()].flatMap((twin) => {
        const column = table.columns.find(({ name }) => name === twin.column);
        return column ? [{ table, twin, column, subject: `${table.name}.${column.name}` }] : [];
      }),
    );
  }

  /** Those that a table's partitions have besides those that they have from it. */
  ownIndexesOfPartitions({ name }: InspectedTable): readonly {
    readonly partition: PartitionFacts;
    readonly index: IndexFacts;
  }[] {
    return this.facts.partitions
      .filter(({ root }) => root === name)
      .flatMap((partition) =>
        partition.indexes.filter(({ parent }) => parent === null).map((index) => ({ partition, index })),
      );
  }

  /** Of those columns, the ones in `names` that are converted. */
  convertedOf(table: string, names: readonly string[]): readonly string[] {
    return names.filter((name) => this.twinAt(table, name));
  }
}

export interface InspectedColumn {
  readonly table: InspectedTable;
  readonly twin: Twin;
  readonly column: ColumnFacts;
  /** `users.id`. */
  readonly subject: string;
}

/** The one kind of all references of a twin; a key is a plain column. */
export const kindOf = (twin: Twin): Reference['kind'] =>
  twin.role === 'key' ? 'column' : twin.references[0].kind;

/** The table whose numbers a plain column has; null for other kinds. */
export function targetOf(twin: Twin): string | null {
  if (twin.role === 'key') return twin.table;
  const [reference] = twin.references;
  return reference.kind === 'column' ? reference.to : null;
}

/** The names that the conversion gives to columns beside the plain one: before the switch, and after it. */
export const namesBeside = (twin: Twin): readonly string[] => [
  twinNames(twin, 'numeric').uuid,
  twinNames(twin, 'uuid').numeric,
];

/** What the counterpart of an index or a constraint is called, before the switch and after it. */
export const counterpartNames = (name: string): readonly string[] => [
  nameWithSuffix(name, '_uuid'),
  nameWithSuffix(name, '_numeric'),
];

/** Whether a table is declared in the one way to call it: `users`, `club.users`. */
export function isPlainTableName(table: string): boolean {
  const [schema, relation] = schemaAndName(table);
  return relation !== '' && schema !== '' && !relation.includes('.') && !table.startsWith('public.');
}
