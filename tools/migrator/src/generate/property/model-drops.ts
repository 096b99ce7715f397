/** Pure: taking something out of a model, with all that cannot be without it. */
import type { ColumnModel, Model, RuleModel, TableModel } from './model';

/** Rules lose the column; what was computed from it goes with it. */
export function dropColumn(table: TableModel, id: number): TableModel {
  const goes = (column: ColumnModel) => column.id === id || column.computed?.from === id;
  const gone = new Set(table.columns.filter(goes).map((column) => column.id));
  const rules = table.rules
    .map((rule): RuleModel => ({ ...rule, columns: rule.columns.filter((column) => !gone.has(column)) }))
    .filter(({ columns }) => columns.length > 0);
  return { ...table, columns: table.columns.filter((column) => !goes(column)), rules };
}

/** Relations to it go too. */
export function dropTable(model: Model, id: number): Model {
  return {
    ...model,
    tables: model.tables
      .filter((table) => table.id !== id)
      .map((table) => ({ ...table, relations: table.relations.filter(({ to }) => to !== id) })),
    joins: model.joins.filter(({ left, right }) => left !== id && right !== id),
  };
}
