/** Pure: changes of a column. */
import { becomes, isMostlyDistinct, TYPES } from './column-types';
import { columnName, isSource } from './draw-model';
import { keyOf, type ColumnModel, type Model, type TableModel, type TypeModel } from './model';
import { dropColumn } from './model-drops';

export const COLUMN_EDITS = [
  'type',
  'another type',
  'length',
  'any type',
  'nullability',
  'default',
  'array',
  'add label',
  'remove label',
  'reorder labels',
  'computed expression',
  'computed to plain',
  'plain to computed',
  'column comment',
  'rename column',
  'drop column',
  'key type',
  'key generation',
  'key columns',
] as const;
export type ColumnEdit = (typeof COLUMN_EDITS)[number];

type Change = (column: ColumnModel, choice: number, table: TableModel) => ColumnModel;

/** Which columns an edit is about, and what becomes of one of them. */
const CHANGES: Readonly<Partial<Record<ColumnEdit, readonly [(column: ColumnModel) => boolean, Change]>>> = {
  type: [isPlain, (column, choice) => ofType(column, choose(becomes(column.type), choice))],
  'another type': [isPlain, (column, choice) => ofType(column, choose(becomes(column.type), choice))],
  length: [
    ({ type, ...column }) =>
      isPlain({ type, ...column }) && (type.length !== undefined || type.precision !== undefined),
    ({ type, ...column }, choice) => ({ ...column, type: resized(type, choice) }),
  ],
  // Mostly one that nothing becomes, so it must be rare to be a fair part.
  'any type': [
    isPlain,
    (column, choice, { columns }) => {
      const type = choose(TYPES, choice * 3);
      const isRead = columns.some(({ computed }) => computed?.from === column.id);
      return choice < 15 && !(isRead && type?.labels) ? ofType(column, type) : column;
    },
  ],
  nullability: [isPlain, (column) => ({ ...column, nullable: !column.nullable })],
  default: [
    isPlain,
    (column) => ({ ...column, default: column.default === 0 ? 1 : column.default === 1 ? 2 : 0 }),
  ],
  array: [
    isPlain,
    (column, choice) =>
      choice < 15 ? { ...column, type: { ...column.type, array: !column.type.array } } : column,
  ],
  'add label': [
    isEnum,
    (column, choice) =>
      relabelled(column, (labels) => labels.toSpliced(choice % (labels.length + 1), 0, `added ${choice}`)),
  ],
  'remove label': [
    isEnum,
    (column, choice) =>
      relabelled(column, (labels) =>
        labels.length > 1 ? labels.toSpliced(choice % labels.length, 1) : labels,
      ),
  ],
  'reorder labels': [isEnum, (column) => relabelled(column, (labels) => labels.toReversed())],
  'computed expression': [
    isComputed,
    (column) => ({
      ...column,
      computed: { from: column.computed!.from, form: column.computed!.form === 0 ? 1 : 0 },
    }),
  ],
  'column comment': [
    () => true,
    (column) => ({ ...column, comment: column.comment === null ? `It's column ${column.id}` : null }),
  ],
  'computed to plain': [
    // Not one that was made computed by the same change: it would have had values of its own once.
    (column) => isComputed(column) && column.name === columnName(column.id),
    (column, _, table) => ({
      ...column,
      type: table.columns.find(({ id }) => id === column.computed!.from)!.type,
      computed: null,
    }),
  ],
  'key type': [
    ({ primary, made, type }) => primary && made !== 'uuid' && type.name !== 'bigint',
    (column) => ({
      ...column,
      type: column.type.name === 'integer' ? { name: 'bigint' } : { name: 'character varying', length: 60 },
    }),
  ],
  'key generation': [
    ({ made }) => made === 'increment' || made === 'identity',
    (column) => ({ ...column, made: column.made === 'increment' ? 'identity' : 'increment' }),
  ],
};

export function editColumn(
  model: Model,
  table: TableModel,
  kind: ColumnEdit,
  item: number,
  choice: number,
): TableModel {
  const change = CHANGES[kind];
  if (change) {
    const [fits, become] = change;
    return changeOne(table, fits, item, (column) => become(column, choice, table));
  }
  switch (kind) {
    case 'rename column':
      return changeOne(
        table,
        () => true,
        item,
        (column) => ({ ...column, name: columnName(model.nextId) }),
      );
    case 'plain to computed':
      return toComputed(table, item, model.nextId);
    case 'key columns':
      return changeKey(model, table, item);
    case 'drop column': {
      const plain = table.columns.filter(({ primary }) => !primary);
      return plain.length === 0 ? table : dropColumn(table, plain[item % plain.length]!.id);
    }
    default:
      throw new Error(`no edit ${kind}`);
  }
}

function changeOne(
  table: TableModel,
  fits: (column: ColumnModel) => boolean,
  item: number,
  become: (column: ColumnModel) => ColumnModel,
): TableModel {
  const fitting = table.columns.filter(fits);
  const chosen = fitting[item % fitting.length];
  return { ...table, columns: table.columns.map((column) => (column === chosen ? become(column) : column)) };
}

/** Its values are then others, so it is another column, of the same name: somebody has to allow that they go. */
function toComputed(table: TableModel, item: number, id: number): TableModel {
  const plain = table.columns.filter(isPlain);
  const [target, source] = [plain[item % plain.length], plain[(item + 1) % plain.length]];
  const isRead = table.columns.some(({ computed }) => computed?.from === target?.id);
  if (!target || !source || target === source || isRead || !isSource(source)) return table;
  const computed: ColumnModel = {
    ...target,
    id,
    nullable: true,
    default: 0,
    computed: { from: source.id, form: 0 },
  };
  return {
    ...table,
    columns: table.columns.map((column) => (column === target ? computed : column)),
    rules: table.rules.map((rule) => ({
      ...rule,
      columns: rule.columns.map((column) => (column === target.id ? id : column)),
    })),
  };
}

/** Of a table that nothing refers to: a column joins the key, or leaves it. */
function changeKey(model: Model, table: TableModel, item: number): TableModel {
  const isReferred =
    model.tables.some(({ relations }) => relations.some(({ to }) => to === table.id)) ||
    model.joins.some(({ left, right }) => left === table.id || right === table.id);
  if (isReferred) return table;
  const key = keyOf(table);
  if (key.length > 1)
    return changeOne(
      table,
      (column) => column === key[1],
      0,
      (column) => ({ ...column, primary: false }),
    );
  const joins = (column: ColumnModel) =>
    isPlain(column) &&
    !column.nullable &&
    isMostlyDistinct(column.type) &&
    column.type.name !== 'point' &&
    column.type.name !== 'circle';
  return changeOne(table, joins, item, (column) => ({ ...column, primary: true }));
}

function isPlain({ primary, computed, made }: ColumnModel): boolean {
  return !primary && computed === null && made === null;
}

function isEnum({ type, computed }: ColumnModel): boolean {
  return type.labels !== undefined && computed === null;
}

function isComputed({ computed }: ColumnModel): boolean {
  return computed !== null;
}

function ofType(column: ColumnModel, type: TypeModel | undefined): ColumnModel {
  return type ? { ...column, type } : column;
}

function relabelled(column: ColumnModel, change: (labels: string[]) => string[]): ColumnModel {
  return { ...column, type: { ...column.type, labels: change([...column.type.labels!]) } };
}

function resized(type: TypeModel, choice: number): TypeModel {
  if (type.length !== undefined) return { ...type, length: [3, 9, 25, 80, 200][choice % 5]! };
  if (type.scale === undefined) return { ...type, precision: choice % 7 };
  return { ...type, precision: [5, 9, 14][choice % 3]!, scale: [0, 1, 3, 4][choice % 4]! };
}

function choose<T>(from: readonly T[], choice: number): T | undefined {
  return from[choice % from.length];
}
