/**
 * Pure: two catalogs -> what would have to change in the first to have the schema of the second; nothing when they have
 * the same schema. Owns what "the same schema" means. Does not own how a change is made: that is the room generate.
 *
 * No part of a schema here: the order of columns (of a table, and of a view that follows it), and whether a constraint is validated.
 */
import type { Catalog, Column, Constraint, EnumType, Index, Sequence, Table, View } from './catalog';
import { comparedDefinition } from './plain-view';

export { describeChange } from './describe-change';

export type ColumnAspect =
  'type' | 'nullability' | 'default' | 'identity' | 'generated' | 'collation' | 'comment';

/**
 * One difference. `table` and the `name` of enums, sequences and views are `qualifiedName`s; columns, constraints and
 * indexes are named as they are within their table. A table that is added or removed is one change, with all it has.
 */
export type Change =
  | { readonly kind: 'table-added' | 'table-removed'; readonly table: string }
  | (Values & { readonly kind: 'table-changed'; readonly table: string; readonly aspect: 'comment' })
  | {
      readonly kind: 'column-added' | 'column-removed';
      readonly table: string;
      readonly column: string;
      readonly type: string;
    }
  | (Values & {
      readonly kind: 'column-changed';
      readonly table: string;
      readonly column: string;
      readonly aspect: ColumnAspect;
    })
  | (Named & { readonly kind: 'constraint-added' | 'constraint-removed'; readonly definition: string })
  | (Named & Values & { readonly kind: 'constraint-changed' })
  | (Named & { readonly kind: 'index-added' | 'index-removed'; readonly definition: string })
  | (Named & Values & { readonly kind: 'index-changed'; readonly aspect: 'definition' | 'validity' })
  | {
      readonly kind: 'enum-added' | 'enum-removed';
      readonly name: string;
      readonly labels: readonly string[];
    }
  | {
      readonly kind: 'enum-changed';
      readonly name: string;
      readonly from: readonly string[];
      readonly to: readonly string[];
    }
  | { readonly kind: 'sequence-added' | 'sequence-removed'; readonly name: string }
  | (Values & {
      readonly kind: 'sequence-changed';
      readonly name: string;
      readonly aspect: 'type' | 'owner';
    })
  | { readonly kind: 'view-added' | 'view-removed'; readonly name: string }
  | (Values & {
      readonly kind: 'view-changed';
      readonly name: string;
      readonly aspect: 'definition' | 'indexes' | 'kind';
    });

/** What it is, and what it shall be; null stands for none. */
interface Values {
  readonly from: string | null;
  readonly to: string | null;
}

interface Named {
  readonly table: string;
  readonly name: string;
}

/** Sorted: tables by name with what they have, then enums, sequences and views. Empty for equal schemas. */
export function compareCatalogs(from: Catalog, to: Catalog): Change[] {
  return [
    ...compareRecords(from.tables, to.tables, {
      added: (table) => [{ kind: 'table-added', table }],
      removed: (table) => [{ kind: 'table-removed', table }],
      both: compareTables,
    }),
    ...compareRecords<EnumType>(from.enums, to.enums, {
      added: (name, { labels }) => [{ kind: 'enum-added', name, labels }],
      removed: (name, { labels }) => [{ kind: 'enum-removed', name, labels }],
      both: (name, one, other) =>
        JSON.stringify(one.labels) === JSON.stringify(other.labels)
          ? []
          : [{ kind: 'enum-changed', name, from: one.labels, to: other.labels }],
    }),
    ...compareRecords<Sequence>(from.sequences, to.sequences, {
      added: (name) => [{ kind: 'sequence-added', name }],
      removed: (name) => [{ kind: 'sequence-removed', name }],
      both: (name, one, other) => [
        ...differing({ kind: 'sequence-changed', name, aspect: 'type' } as const, one.type, other.type),
        ...differing(
          { kind: 'sequence-changed', name, aspect: 'owner' } as const,
          ownerOf(one),
          ownerOf(other),
        ),
      ],
    }),
    ...compareRecords<View>(from.views, to.views, {
      added: (name) => [{ kind: 'view-added', name }],
      removed: (name) => [{ kind: 'view-removed', name }],
      both: (name, one, other) => [
        ...differing({ kind: 'view-changed', name, aspect: 'kind' } as const, kindOf(one), kindOf(other)),
        ...differing(
          { kind: 'view-changed', name, aspect: 'definition' } as const,
          ...definitionsOf([one, from], [other, to]),
        ),
        ...differing(
          { kind: 'view-changed', name, aspect: 'indexes' } as const,
          one.indexes.join('; ') || null,
          other.indexes.join('; ') || null,
        ),
      ],
    }),
  ];
}

function compareTables(table: string, from: Table, to: Table): Change[] {
  return [
    ...differing({ kind: 'table-changed', table, aspect: 'comment' } as const, from.comment, to.comment),
    ...compareRecords<Column>(columnsByName(from), columnsByName(to), {
      added: (column, { type }) => [{ kind: 'column-added', table, column, type }],
      removed: (column, { type }) => [{ kind: 'column-removed', table, column, type }],
      both: (column, one, other) =>
        COLUMN_ASPECTS.flatMap(([aspect, valueOf]) =>
          differing({ kind: 'column-changed', table, column, aspect } as const, valueOf(one), valueOf(other)),
        ),
    }),
    ...compareRecords<Constraint>(from.constraints, to.constraints, {
      added: (name, { definition }) => [{ kind: 'constraint-added', table, name, definition }],
      removed: (name, { definition }) => [{ kind: 'constraint-removed', table, name, definition }],
      both: (name, one, other) =>
        differing({ kind: 'constraint-changed', table, name } as const, one.definition, other.definition),
    }),
    ...compareRecords<Index>(from.indexes, to.indexes, {
      added: (name, { definition }) => [{ kind: 'index-added', table, name, definition }],
      removed: (name, { definition }) => [{ kind: 'index-removed', table, name, definition }],
      both: (name, one, other) => [
        ...differing(
          { kind: 'index-changed', table, name, aspect: 'definition' } as const,
          one.definition,
          other.definition,
        ),
        ...differing(
          { kind: 'index-changed', table, name, aspect: 'validity' } as const,
          validityOf(one),
          validityOf(other),
        ),
      ],
    }),
  ];
}

type ViewOf = readonly [view: View, catalog: Catalog];

/** As they are, unless they differ in nothing that counts. */
const definitionsOf = (one: ViewOf, other: ViewOf): [string, string] =>
  comparedDefinition(...one) === comparedDefinition(...other)
    ? [one[0].definition, one[0].definition]
    : [one[0].definition, other[0].definition];

const COLUMN_ASPECTS: readonly (readonly [ColumnAspect, (column: Column) => string | null])[] = [
  ['type', ({ type }) => type],
  ['nullability', ({ notNull }) => (notNull ? 'not null' : 'nullable')],
  ['default', (column) => column.default],
  ['identity', ({ identity }) => identity],
  ['generated', ({ generated }) => generated],
  ['collation', ({ collation }) => collation],
  ['comment', ({ comment }) => comment],
];

const columnsByName = (table: Table): Record<string, Column> =>
  Object.fromEntries(table.columns.map((column) => [column.name, column]));
const ownerOf = ({ ownedBy }: Sequence) => ownedBy && `${ownedBy.table}.${ownedBy.column}`;
const kindOf = ({ materialized }: View) => (materialized ? 'materialized view' : 'view');
const validityOf = ({ valid }: Index) => (valid ? 'valid' : 'invalid');

function differing<Head>(head: Head, from: string | null, to: string | null): (Head & Values)[] {
  return from === to ? [] : [{ ...head, from, to }];
}

interface Cases<T> {
  readonly added: (name: string, thing: T) => Change[];
  readonly removed: (name: string, thing: T) => Change[];
  readonly both: (name: string, from: T, to: T) => Change[];
}

function compareRecords<T>(
  from: Readonly<Record<string, T>>,
  to: Readonly<Record<string, T>>,
  cases: Cases<T>,
): Change[] {
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
  return names.flatMap((name) => {
    const one = from[name];
    const other = to[name];
    if (one === undefined) return other === undefined ? [] : cases.added(name, other);
    return other === undefined ? cases.removed(name, one) : cases.both(name, one, other);
  });
}
