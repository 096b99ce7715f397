/** Pure: a model -> the entities that a service would have written, as TypeORM's EntitySchemas. */
import { EntitySchema, type EntitySchemaColumnOptions, type EntitySchemaRelationOptions } from 'typeorm';
import { checkOf, computedFrom, defaultOf, isOrdered } from './column-types';
import {
  joinColumns,
  tableById,
  typeOf,
  type ColumnModel,
  type Model,
  type RelationModel,
  type RuleModel,
  type TableModel,
} from './model';

/** Property names are column names: nothing has to be translated back. */
export function entitySchemas(model: Model): EntitySchema[] {
  return model.tables.map(
    (table) =>
      new EntitySchema({
        name: entityName(table.id),
        tableName: table.name,
        columns: Object.fromEntries(
          table.columns.map((column) => [column.name, columnOptions(table, column)]),
        ),
        relations: {
          ...Object.fromEntries(
            table.relations.map((relation) => [`relation ${relation.id}`, relationOptions(model, relation)]),
          ),
          ...manyToMany(model, table),
        },
        ...rules(table),
      }),
  );
}

export function entityName(tableId: number): string {
  return `Entity${tableId}`;
}

function columnOptions(table: TableModel, column: ColumnModel): EntitySchemaColumnOptions {
  const { name, length, precision, scale, array, labels } = typeOf(table, column);
  const { made, computed, nullable, primary, comment } = column;
  return {
    type: name as EntitySchemaColumnOptions['type'],
    name: column.name,
    nullable: nullable && !primary,
    primary,
    ...(length !== undefined && { length }),
    ...(precision !== undefined && { precision }),
    ...(scale !== undefined && { scale }),
    ...(array && { array }),
    ...(labels && { enum: [...labels] }),
    ...(comment !== null && { comment }),
    // The schema options' type does not know 'identity'; the metadata that are made of them do.
    ...(made !== null && { generated: made as 'increment' }),
    ...(column.default !== 0 &&
      !computed &&
      made === null && { default: defaultOf(column.type, column.default) }),
    ...(computed && {
      generatedType: 'STORED' as const,
      asExpression: computedFrom(typeOf(table, column), sourceOf(table, computed.from), computed.form),
    }),
  };
}

function relationOptions(model: Model, relation: RelationModel): EntitySchemaRelationOptions {
  const { to, kind, nullable, onDelete } = relation;
  return {
    type: kind,
    target: entityName(to),
    nullable,
    onDelete: onDelete === 'SET NULL' && !nullable ? 'CASCADE' : onDelete,
    joinColumn: joinColumns(relation.name, tableById(model, to)).map(({ name, key }) => ({
      name,
      referencedColumnName: key.name,
    })),
  };
}

function manyToMany(model: Model, table: TableModel): Record<string, EntitySchemaRelationOptions> {
  return Object.fromEntries(
    model.joins
      .filter(({ left }) => left === table.id)
      .map(({ id, name, left, right }) => {
        const side = (prefix: string, target: number) =>
          joinColumns(prefix, tableById(model, target)).map(({ name: column, key }) => ({
            name: column,
            referencedColumnName: key.name,
          }));
        return [
          `join ${id}`,
          {
            type: 'many-to-many' as const,
            target: entityName(right),
            joinTable: { name, joinColumns: side('left', left), inverseJoinColumns: side('right', right) },
          },
        ];
      }),
  );
}

/** Only what the column types allow, and nothing twice: TypeORM names these after their columns. */
function rules(table: TableModel) {
  const columnsOf = ({ columns }: RuleModel) =>
    columns.map((id) => table.columns.find((column) => column.id === id)!).filter(Boolean);
  const ordered = table.rules
    .filter(({ kind }) => kind !== 'check')
    .map((rule) => ({ ...rule, over: columnsOf(rule).filter((column) => isOrdered(typeOf(table, column))) }))
    .filter(({ over }) => over.length > 0);
  const names = ({ over }: (typeof ordered)[number]) => over.map(({ name }) => name);
  const distinct = (kinds: readonly RuleModel['kind'][]) => {
    const seen = new Set<string>();
    return ordered.filter((rule) => {
      // Names are made of the columns in alphabetical order.
      const key = JSON.stringify([rule.kind === 'partial index', ...names(rule).toSorted()]);
      return kinds.includes(rule.kind) && !seen.has(key) && seen.add(key);
    });
  };
  return {
    indices: distinct(['index', 'unique index', 'partial index']).map((rule) => ({
      columns: names(rule),
      ...(rule.kind === 'unique index' && { unique: true }),
      ...(rule.kind === 'partial index' && { where: `${quoted(rule.over[0]!.name)} IS NOT NULL` }),
    })),
    uniques: distinct(['unique']).map((rule) => ({ columns: names(rule) })),
    checks: [
      ...new Set(
        table.rules
          .filter(({ kind }) => kind === 'check')
          .flatMap((rule) => {
            const [column] = columnsOf(rule);
            return column ? [checkOf(typeOf(table, column), quoted(column.name), rule.form)] : [];
          }),
      ),
    ].map((expression) => ({ expression })),
  };
}

function sourceOf({ columns }: TableModel, id: number): string {
  return quoted(columns.find((column) => column.id === id)!.name);
}

function quoted(name: string): string {
  return `"${name}"`;
}
