/**
 * Random changes of a model, one as somebody would make it in their entities. An edit is loose numbers, so that it
 * shrinks; where a model has nothing that it could change, it changes nothing.
 */
import fc from 'fast-check';
import {
  addColumn,
  addJoin,
  addRelation,
  addRule,
  addTable,
  columnDraw,
  relationDraw,
  ruleDraw,
  tableDraw,
  tableName,
  type ColumnDraw,
  type RelationDraw,
  type RuleDraw,
  type TableDraw,
} from './draw-model';
import { COLUMN_EDITS, editColumn, type ColumnEdit } from './edit-column';
import { editRelation, RELATION_EDITS, type RelationEdit } from './edit-relation';
import type { Model, TableModel } from './model';
import { dropTable } from './model-drops';

const TABLE_EDITS = [
  'table comment',
  'rename table',
  'drop table',
  'drop rule',
  'change rule',
  'drop join',
] as const;
type TableEdit = (typeof TABLE_EDITS)[number];

export type Edit = { readonly table: number } & (
  | { readonly kind: ColumnEdit | RelationEdit | TableEdit; readonly item: number; readonly choice: number }
  | { readonly kind: 'add column'; readonly column: ColumnDraw }
  | { readonly kind: 'add rule'; readonly rule: RuleDraw }
  | { readonly kind: 'add relation'; readonly relation: RelationDraw }
  | { readonly kind: 'add table'; readonly drawn: TableDraw }
  | { readonly kind: 'add join'; readonly right: number }
);

const index = fc.nat({ max: 99 });
const among = <Kind extends ColumnEdit | RelationEdit | TableEdit>(kinds: readonly Kind[]) =>
  fc.record({ kind: fc.constantFrom(...kinds), table: index, item: index, choice: index });
const adding = <Kind extends string, Part extends object>(
  kind: Kind,
  part: { [Name in keyof Part]: fc.Arbitrary<Part[Name]> },
) => fc.record({ kind: fc.constant(kind), table: index, ...part });

export const edit = fc.oneof(
  { weight: COLUMN_EDITS.length, arbitrary: among(COLUMN_EDITS) },
  { weight: RELATION_EDITS.length, arbitrary: among(RELATION_EDITS) },
  { weight: TABLE_EDITS.length, arbitrary: among(TABLE_EDITS) },
  { weight: 3, arbitrary: adding('add column', { column: columnDraw }) },
  { weight: 3, arbitrary: adding('add rule', { rule: ruleDraw }) },
  { weight: 2, arbitrary: adding('add relation', { relation: relationDraw }) },
  { weight: 1, arbitrary: adding('add table', { drawn: tableDraw }) },
  { weight: 1, arbitrary: adding('add join', { right: index }) },
) as fc.Arbitrary<Edit>;

/** At least so many tables stay. */
const FEWEST_TABLES = 6;

export function applyEdit(model: Model, edit: Edit): Model {
  const table = model.tables[edit.table % model.tables.length]!;
  const replace = (changed: TableModel): Model => ({
    ...model,
    nextId: model.nextId + 1,
    tables: model.tables.map((other) => (other.id === table.id ? changed : other)),
  });
  switch (edit.kind) {
    case 'add column':
      return replace(addColumn(table, model.nextId, edit.column));
    case 'add rule':
      return replace(addRule(table, model.nextId, edit.rule));
    case 'add relation':
      return addRelation(model, table.id, edit.relation);
    case 'add table':
      return addTable(model, edit.drawn);
    case 'add join':
      return addJoin(model, { left: edit.table, right: edit.right });
    case 'table comment':
      return replace({ ...table, comment: table.comment === null ? `It's said later` : null });
    case 'rename table':
      return replace({ ...table, name: tableName(model.nextId) });
    case 'drop table':
      return model.tables.length > FEWEST_TABLES ? dropTable(model, table.id) : model;
    case 'drop rule':
      return replace({
        ...table,
        rules: table.rules.filter((_, place) => place !== edit.item % table.rules.length),
      });
    case 'change rule':
      return replace({
        ...table,
        rules: table.rules.map((rule, place) =>
          place === edit.item % table.rules.length ? { ...rule, form: rule.form === 0 ? 1 : 0 } : rule,
        ),
      });
    case 'drop join':
      return { ...model, joins: model.joins.filter((_, place) => place !== edit.item % model.joins.length) };
    default:
      return isColumnEdit(edit.kind)
        ? replace(editColumn(model, table, edit.kind, edit.item, edit.choice))
        : editRelation(model, table, edit.kind, edit.item, edit.choice);
  }
}

function isColumnEdit(kind: ColumnEdit | RelationEdit): kind is ColumnEdit {
  return (COLUMN_EDITS as readonly string[]).includes(kind);
}
