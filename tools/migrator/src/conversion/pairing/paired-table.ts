/**
 * Pure: a declaration and the facts -> what pairing and views need to know of each table with twins. The facts may have been read before
 * the switch or after it, and are asked about one shape or the other: what a column is called then is decided here alone.
 */
import { escapeIdentifier } from 'pg';
import type { ConversionFacts } from '../inspect/facts';
import type { ColumnFacts, TableFacts } from '../inspect/table-facts';
import { isOwner, type IdConversion } from '../declaration';
import {
  twinNames,
  twinsByTable,
  type KeyTwin,
  type ReferenceTwin,
  type Shape,
  type TwinNames,
} from '../twins';

interface PairedTwinFacts {
  /** What the halves are called in the shape asked for. */
  readonly names: TwinNames;
  /** The half with the numbers; without facts of its own after the contract. */
  readonly numeric: ColumnFacts | undefined;
  /** The half with the UUIDs, where it is there already. */
  readonly uuid: ColumnFacts | undefined;
}

export type PairedKey = KeyTwin & PairedTwinFacts;

export type PairedReference = ReferenceTwin &
  PairedTwinFacts & {
    /** The key that a foreign key of this database leads to: nothing in the column can be without its row when a transaction ends. */
    readonly foreignKeyTo: KeyTwin | undefined;
  };

export type PairedTwin = PairedKey | PairedReference;

export interface PairedTable {
  readonly table: string;
  readonly facts: TableFacts;
  readonly key: PairedKey | undefined;
  readonly references: readonly PairedReference[];
  readonly twins: readonly PairedTwin[];
  readonly primaryKey: readonly RowKeyColumn[];
}

/** One column of a primary key: a column without a twin, or one half of a twin. */
export type RowKeyColumn =
  { readonly kind: 'column'; readonly column: string } | { readonly kind: 'twin'; readonly twin: PairedTwin };

/** The tables of the declaration that the facts know, in its order. */
export function pairedTables(
  conversion: IdConversion,
  facts: ConversionFacts,
  shape: Shape,
): readonly PairedTable[] {
  return [...twinsByTable(conversion)].flatMap(([table, twins]) => {
    const tableFacts = facts.tables[table];
    if (!tableFacts) return [];
    const paired = twins.map((twin): PairedTwin => {
      const common = { names: twinNames(twin, shape), ...halvesOf(twin, tableFacts) };
      if (twin.role === 'key') return { ...twin, ...common };
      return { ...twin, ...common, foreignKeyTo: foreignKeyOf(conversion, facts, twin) };
    });
    return [
      {
        table,
        facts: tableFacts,
        key: paired.find((twin) => twin.role === 'key'),
        references: paired.filter((twin) => twin.role === 'reference'),
        twins: paired,
        primaryKey: primaryKeyOf(tableFacts, paired),
      },
    ];
  });
}

/** `NEW`, `id` -> `NEW."id"`. */
export const columnOf = (row: string, column: string): string => `${row}.${escapeIdentifier(column)}`;

/** The shape that the database had when the facts of this column were read. */
export function shapeInFacts(twin: Pick<KeyTwin, 'column'>, { columns }: TableFacts): Shape {
  const { numeric } = twinNames(twin, 'uuid');
  return columns.some(({ name }) => name === numeric) ? 'uuid' : 'numeric';
}

function halvesOf(
  twin: Pick<KeyTwin, 'column'>,
  facts: TableFacts,
): { readonly numeric: ColumnFacts | undefined; readonly uuid: ColumnFacts | undefined } {
  const names = twinNames(twin, shapeInFacts(twin, facts));
  const named = (wanted: string) => facts.columns.find(({ name }) => name === wanted);
  return { numeric: named(names.numeric), uuid: named(names.uuid) };
}

function primaryKeyOf(facts: TableFacts, twins: readonly PairedTwin[]): readonly RowKeyColumn[] {
  const primary = facts.indexes.find((index) => index.primary);
  return (primary?.columns ?? [])
    .filter((column) => column !== null)
    .map((column) => {
      const twin = twins.find(({ numeric, uuid }) => numeric?.name === column || uuid?.name === column);
      return twin ? { kind: 'twin', twin } : { kind: 'column', column };
    });
}

/** Either half counts: the numbers have the foreign key before the switch, the UUIDs after it, both for a while. */
function foreignKeyOf(
  conversion: IdConversion,
  facts: ConversionFacts,
  twin: ReferenceTwin,
): KeyTwin | undefined {
  const [reference] = twin.references;
  const key = conversion.keys.find(({ table }) => table === reference.to);
  const from = facts.tables[twin.table];
  const to = facts.tables[reference.to];
  if (reference.kind !== 'column' || !isOwner(conversion) || !key || !from || !to) return undefined;
  const names = (halves: ReturnType<typeof halvesOf>) => [halves.numeric?.name, halves.uuid?.name];
  const columns = names(halvesOf(twin, from));
  const keyColumns = names(halvesOf(key, to));
  const leadsThere = from.constraints.some(
    ({ kind, columns: own, references }) =>
      kind === 'foreign key' &&
      references?.table === reference.to &&
      own.some((column, index) => columns.includes(column) && keyColumns.includes(references.columns[index])),
  );
  return leadsThere ? { role: 'key', table: key.table, column: key.column, key } : undefined;
}
