/** fast-check's random models: drawn as loose numbers, so that a failing one shrinks, and read as a model that makes sense. */
import fc from 'fast-check';
import { isMostlyDistinct, TYPES } from './column-types';
import type { ColumnModel, Model, Naming, RelationModel, RuleModel, TableModel } from './model';

export interface ColumnDraw {
  readonly type: number;
  readonly array: boolean;
  readonly nullable: boolean;
  readonly default: number;
  readonly comment: boolean;
  /** Computed from the column before it. */
  readonly computed: boolean;
}

export interface RuleDraw {
  readonly kind: RuleModel['kind'];
  readonly columns: readonly number[];
  readonly form: number;
}

export interface RelationDraw {
  readonly to: number;
  readonly kind: RelationModel['kind'];
  readonly nullable: boolean;
  readonly onDelete: RelationModel['onDelete'];
}

export interface TableDraw {
  readonly key: KeyKind;
  readonly comment: boolean;
  readonly columns: readonly ColumnDraw[];
  readonly rules: readonly RuleDraw[];
  readonly relations: readonly RelationDraw[];
}

const KEYS = ['uuid', 'serial', 'identity', 'natural', 'composite'] as const;
type KeyKind = (typeof KEYS)[number];

const often = (probability: number) =>
  fc.integer({ min: 1, max: 100 }).map((n) => n > 100 - probability * 100);

export const columnDraw: fc.Arbitrary<ColumnDraw> = fc.record({
  type: fc.nat({ max: TYPES.length - 1 }),
  array: often(0.1),
  nullable: often(0.4),
  default: fc.nat({ max: 4 }),
  comment: often(0.15),
  computed: often(0.12),
});

export const ruleDraw: fc.Arbitrary<RuleDraw> = fc.record({
  kind: fc.constantFrom<RuleModel['kind'][]>('index', 'unique index', 'partial index', 'unique', 'check'),
  columns: fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 2 }),
  form: fc.nat({ max: 9 }),
});

export const relationDraw: fc.Arbitrary<RelationDraw> = fc.record({
  to: fc.nat({ max: 9 }),
  kind: fc.constantFrom<RelationModel['kind'][]>('many-to-one', 'many-to-one', 'one-to-one'),
  nullable: often(0.6),
  onDelete: fc.constantFrom<RelationModel['onDelete'][]>('NO ACTION', 'CASCADE', 'SET NULL', 'RESTRICT'),
});

export const tableDraw: fc.Arbitrary<TableDraw> = fc.record({
  key: fc.constantFrom(...KEYS),
  comment: often(0.2),
  columns: fc.array(columnDraw, { minLength: 1, maxLength: 6 }),
  rules: fc.array(ruleDraw, { maxLength: 3 }),
  relations: fc.array(relationDraw, { maxLength: 2 }),
});

const joinDraw = fc.record({ left: fc.nat({ max: 9 }), right: fc.nat({ max: 9 }) });

export const model: fc.Arbitrary<Model> = fc
  .record({
    naming: fc.constantFrom<Naming[]>('platform', 'typeorm'),
    tables: fc.array(tableDraw, { minLength: 6, maxLength: 8 }),
    joins: fc.array(joinDraw, { maxLength: 2 }),
  })
  .map(({ naming, tables, joins }) => {
    let made: Model = { naming, tables: [], joins: [], nextId: 1 };
    for (const table of tables) made = addTable(made, table);
    tables.forEach(({ relations }, index) => {
      for (const relation of relations) made = addRelation(made, made.tables[index]!.id, relation);
    });
    for (const join of joins) made = addJoin(made, join);
    return made;
  });

const TABLE_WORDS = ['clubs', 'Team members', 'line_ups', 'gameEvents', 'order', 'Störungen'];
const COLUMN_WORDS = ['name', 'first name', 'group', 'isActive', 'Größe', 'score', 'shots_on_goal', 'Note'];

export const tableName = (id: number) => `${TABLE_WORDS[id % TABLE_WORDS.length]}_${id}`;
export const columnName = (id: number) => `${COLUMN_WORDS[id % COLUMN_WORDS.length]}_${id}`;

/** Without relations: those need the other tables. */
export function addTable(to: Model, { key, comment, columns, rules }: TableDraw): Model {
  const id = to.nextId;
  let table: TableModel = {
    id,
    name: tableName(id),
    comment: comment ? `It's table ${id}` : null,
    columns: [],
    rules: [],
    relations: [],
  };
  let nextId = id + 1;
  for (const column of keyColumns(key))
    table = { ...table, columns: [...table.columns, { ...column, id: nextId++ }] };
  for (const column of columns) table = addColumn(table, nextId++, column);
  for (const rule of rules) table = addRule(table, nextId++, rule);
  return { ...to, tables: [...to.tables, table], nextId };
}

const PLAIN = { nullable: false, default: 0, comment: null, primary: true, computed: null } as const;

function keyColumns(key: KeyKind): Omit<ColumnModel, 'id'>[] {
  switch (key) {
    case 'uuid':
      return [{ ...PLAIN, name: 'id', type: { name: 'uuid' }, made: 'uuid' }];
    case 'serial':
      return [{ ...PLAIN, name: 'id', type: { name: 'integer' }, made: 'increment' }];
    case 'identity':
      return [{ ...PLAIN, name: 'Id', type: { name: 'bigint' }, made: 'identity' }];
    case 'natural':
      return [{ ...PLAIN, name: 'code', type: { name: 'character varying', length: 30 }, made: null }];
    case 'composite':
      return [
        { ...PLAIN, name: 'season', type: { name: 'integer' }, made: null },
        { ...PLAIN, name: 'number', type: { name: 'character varying', length: 12 }, made: null },
      ];
  }
}

export function addColumn(table: TableModel, id: number, draw: ColumnDraw): TableModel {
  const source = table.columns.findLast(isSource);
  const type = TYPES[draw.type % TYPES.length]!;
  const column: ColumnModel = {
    id,
    name: columnName(id),
    type: draw.array ? { ...type, array: true } : type,
    nullable: draw.nullable || draw.computed,
    default: draw.default === 1 || draw.default === 2 ? draw.default : 0,
    comment: draw.comment ? `Column ${id}, it's drawn` : null,
    primary: false,
    made: null,
    computed: draw.computed && source ? { from: source.id, form: 0 } : null,
  };
  return { ...table, columns: [...table.columns, column] };
}

/** An enum of one column is never the type of another. */
export function isSource({ computed, primary, type }: ColumnModel): boolean {
  return computed === null && !primary && type.labels === undefined;
}

export function addRule(table: TableModel, id: number, { kind, columns, form }: RuleDraw): TableModel {
  // Mostly rules that rows can keep: what is unique is on values that differ.
  const free = table.columns.filter(
    ({ primary, type }) => !primary && (!kind.startsWith('unique') || form === 9 || isMostlyDistinct(type)),
  );
  const ids = [
    ...new Set(columns.map((index) => free[index % free.length]?.id).filter((found) => found !== undefined)),
  ];
  if (ids.length === 0) return table;
  const rule: RuleModel = { id, kind, columns: ids, form: form === 9 ? 2 : form % 2 === 0 ? 0 : 1 };
  return { ...table, rules: [...table.rules, rule] };
}

export function addRelation(to: Model, tableId: number, draw: RelationDraw): Model {
  const target = to.tables[draw.to % to.tables.length]!;
  const id = to.nextId;
  const relation: RelationModel = {
    id,
    name: `ref ${id}`,
    to: target.id,
    kind: draw.kind,
    // A row that must refer to its own table can only refer to itself.
    nullable: draw.nullable || target.id >= tableId,
    onDelete: draw.onDelete,
  };
  return {
    ...to,
    nextId: id + 1,
    tables: to.tables.map((table) =>
      table.id === tableId ? { ...table, relations: [...table.relations, relation] } : table,
    ),
  };
}

export function addJoin(
  to: Model,
  { left, right }: { readonly left: number; readonly right: number },
): Model {
  const id = to.nextId;
  const join = {
    id,
    name: `join_${id}`,
    left: to.tables[left % to.tables.length]!.id,
    right: to.tables[right % to.tables.length]!.id,
  };
  return { ...to, nextId: id + 1, joins: [...to.joins, join] };
}
