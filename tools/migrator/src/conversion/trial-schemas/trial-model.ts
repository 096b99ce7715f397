/** Pure: a drawn schema -> one that makes sense: names, and references that point at tables that are there. */
import type { ReferenceDraw, SchemaDraw, TableDraw } from './drawn-schema';

export interface KeyModel {
  readonly type: 'smallint' | 'integer' | 'bigint';
  readonly make: TableDraw['make'];
}

interface ColumnOfAnyKind {
  readonly column: string;
  readonly isNullable: boolean;
  readonly index: ReferenceDraw['index'];
}

export interface ForeignKeyModel {
  readonly onDelete: NonNullable<ReferenceDraw['foreignKey']>['onDelete'];
  readonly cascadesUpdates: boolean;
  readonly timing: NonNullable<ReferenceDraw['foreignKey']>['timing'];
  readonly isComposite: boolean;
}

export interface PlainColumn extends ColumnOfAnyKind {
  readonly kind: 'column';
  readonly to: string;
  readonly type: KeyModel['type'];
  readonly foreignKey: ForeignKeyModel | null;
}
export interface ArrayColumn extends ColumnOfAnyKind {
  readonly kind: 'array';
  readonly to: string;
  readonly type: KeyModel['type'];
}
export interface JsonColumn extends ColumnOfAnyKind {
  readonly kind: 'json';
  readonly paths: readonly { readonly path: JsonForm; readonly to: string }[];
}
export interface PolymorphicColumn extends ColumnOfAnyKind {
  readonly kind: 'polymorphic';
  readonly typeColumn: string;
  /** The tables; a row may also be about a page, which is no table. */
  readonly targets: readonly string[];
}
export type ReferenceColumn = PlainColumn | ArrayColumn | JsonColumn | PolymorphicColumn;

export const JSON_FORMS = ['coach.id', 'ids[*]', 'lines[*].player.id'] as const;
export type JsonForm = (typeof JSON_FORMS)[number];

export interface TableModel {
  /** `people`, `club.people`. */
  readonly name: string;
  /** Null for keys that are not converted. */
  readonly key: KeyModel | null;
  readonly keptKey: 'bigint' | 'uuid' | null;
  readonly primary: TableDraw['primary'];
  readonly hasTenant: boolean;
  /** By its labels, which are in every unique rule then. */
  readonly isPartitioned: boolean;
  readonly columns: readonly ReferenceColumn[];
  readonly check: {
    readonly kind: 'different' | 'one of them';
    readonly of: readonly [string, string];
  } | null;
  readonly view: TableDraw['view'];
  readonly rows: number;
}

export interface SchemaModel {
  readonly tables: readonly TableModel[];
  readonly seed: number;
  readonly writesAtOnce: number;
  readonly isRefused: boolean;
}

type ConvertedTable = TableModel & { readonly key: KeyModel };
export const isConverted = (table: TableModel): table is ConvertedTable => table.key !== null;

const WIDER = { smallint: 'integer', integer: 'bigint', bigint: 'bigint' } as const;

export function modelOf({ tables: draws, ...rest }: SchemaDraw): SchemaModel {
  const bare = draws.map((draw, index) => withoutReferences(draw, index, draws));
  const converted = bare.filter(isConverted);
  const tables = bare.map((table, index) => {
    const columns = draws[index]!.references.map((reference, place) =>
      columnOf(reference, place, table, converted),
    );
    return { ...table, columns, check: checkOf(draws[index]!, columns) };
  });
  return { tables, ...rest };
}

function withoutReferences(draw: TableDraw, index: number, draws: readonly TableDraw[]): TableModel {
  // At least one of them is converted.
  const isNumeric = draw.key !== 'kept number' && draw.key !== 'uuid';
  const none = draws.every(({ key }) => key === 'kept number' || key === 'uuid');
  const type = isNumeric ? (draw.key as KeyModel['type']) : none && index === 0 ? 'integer' : null;
  const isPartitioned = draw.isPartitioned && type === null;
  const word = draw.hasLongName
    ? `The table ${index} with a name that is nearly as long as names can be`
    : `t${index}`;
  return {
    name: draw.isInSchema ? `club.${word.slice(0, 60)}` : word.slice(0, 60),
    key: type === null ? null : { type, make: draw.make },
    keptKey: type !== null ? null : draw.key === 'uuid' ? 'uuid' : 'bigint',
    primary: draw.primary === 'tenant and id' && !draw.hasTenant ? 'id' : draw.primary,
    hasTenant: draw.hasTenant,
    isPartitioned,
    columns: [],
    check: null,
    view: draw.view === 'grouped' && (draw.primary !== 'id' || isPartitioned) ? 'plain' : draw.view,
    rows: draw.rows,
  };
}

function columnOf(
  { kind, to, also, isNullable, isWide, foreignKey, index, form }: ReferenceDraw,
  place: number,
  table: TableModel,
  converted: readonly ConvertedTable[],
): ReferenceColumn {
  const target = converted[to % converted.length]!;
  const second = also === null ? undefined : converted[also % converted.length]!;
  const type = isWide ? WIDER[target.key.type] : target.key.type;
  const given = { column: `r${place}${['', 'Id', ' of'][form % 3]}`, isNullable, index };
  switch (kind) {
    case 'column':
      return {
        ...given,
        kind,
        to: target.name,
        type,
        foreignKey: foreignKeyOf(foreignKey, table, target, isNullable),
      };
    case 'array':
      return { ...given, kind, to: target.name, type };
    case 'json': {
      const path = JSON_FORMS[form % JSON_FORMS.length]!;
      const other = JSON_FORMS[(form + 1) % JSON_FORMS.length]!;
      return {
        ...given,
        kind,
        paths: [{ path, to: target.name }, ...(second ? [{ path: other, to: second.name }] : [])],
      };
    }
    case 'polymorphic':
      return {
        ...given,
        kind,
        typeColumn: `${given.column} type`,
        targets: [...new Set([target.name, ...(second ? [second.name] : [])])],
      };
  }
}

function foreignKeyOf(
  drawn: ReferenceDraw['foreignKey'],
  table: TableModel,
  target: TableModel,
  isNullable: boolean,
): ForeignKeyModel | null {
  if (drawn === null) return null;
  const onDelete = drawn.onDelete === 'set null' && !isNullable ? 'no action' : drawn.onDelete;
  return { ...drawn, onDelete, isComposite: drawn.isComposite && table.hasTenant && target.hasTenant };
}

function checkOf({ check }: TableDraw, columns: readonly ReferenceColumn[]): TableModel['check'] {
  if (check === 'none') return null;
  const plain = columns.filter((column): column is PlainColumn => column.kind === 'column');
  for (const [index, one] of plain.entries()) {
    const other = plain.slice(index + 1).find(({ to }) => to === one.to);
    // What may become null by itself could break it.
    const isSafe =
      check === 'different' || [one, other].every((column) => column?.foreignKey?.onDelete !== 'set null');
    if (other && isSafe) return { kind: check, of: [one.column, other.column] };
  }
  return null;
}
