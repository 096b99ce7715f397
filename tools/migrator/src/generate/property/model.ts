/**
 * An entity model as plain JSON: what a property test draws, changes and prints when it fails.
 *
 * Everything has an id that outlives its name, so that a renamed column is known to be the same one: a person who
 * renames knows it too, and says so. References between tables and columns are by id.
 */

export type Naming = 'platform' | 'typeorm';

export interface Model {
  /** Of constraints and indexes: the shared lib's strategy, or TypeORM's own hashes. */
  readonly naming: Naming;
  readonly tables: readonly TableModel[];
  /** Many-to-many relations, each with a table of its own. */
  readonly joins: readonly JoinModel[];
  /** What the next thing that is added is called. */
  readonly nextId: number;
}

export interface TableModel {
  readonly id: number;
  readonly name: string;
  readonly comment: string | null;
  readonly columns: readonly ColumnModel[];
  readonly rules: readonly RuleModel[];
  readonly relations: readonly RelationModel[];
}

export interface ColumnModel {
  readonly id: number;
  readonly name: string;
  readonly type: TypeModel;
  readonly nullable: boolean;
  /** Which of the type's defaults, 0 for none. */
  readonly default: 0 | 1 | 2;
  readonly comment: string | null;
  readonly primary: boolean;
  /** Who makes a key's value. */
  readonly made: 'uuid' | 'increment' | 'identity' | null;
  /** Computed from another column, in one of two ways; its type is that column's. */
  readonly computed: { readonly from: number; readonly form: 0 | 1 } | null;
}

export interface TypeModel {
  /** As TypeORM names it; `enum` has labels. */
  readonly name: string;
  readonly length?: number;
  readonly precision?: number;
  readonly scale?: number;
  readonly array?: boolean;
  readonly labels?: readonly string[];
}

export interface RuleModel {
  readonly id: number;
  readonly kind: 'index' | 'unique index' | 'partial index' | 'unique' | 'check';
  /** Ids; a check speaks of the first. */
  readonly columns: readonly number[];
  /** Which of the type's checks. */
  readonly form: 0 | 1 | 2;
}

export interface RelationModel {
  readonly id: number;
  /** The join column's name, or what the join columns' names begin with. */
  readonly name: string;
  /** A table's id. */
  readonly to: number;
  readonly kind: 'many-to-one' | 'one-to-one';
  readonly nullable: boolean;
  readonly onDelete: 'NO ACTION' | 'CASCADE' | 'SET NULL' | 'RESTRICT';
}

export interface JoinModel {
  readonly id: number;
  readonly name: string;
  readonly left: number;
  readonly right: number;
}

export function tableById(model: Model, id: number): TableModel {
  const found = model.tables.find((table) => table.id === id);
  if (!found) throw new Error(`the model has no table ${id}`);
  return found;
}

export function keyOf({ columns }: TableModel): readonly ColumnModel[] {
  return columns.filter(({ primary }) => primary);
}

/** The type that counts: that of the source for a computed column. */
export function typeOf({ columns }: TableModel, { type, computed }: ColumnModel): TypeModel {
  return computed ? columns.find(({ id }) => id === computed.from)!.type : type;
}

/** Join columns of a relation, or of one side of a many-to-many relation: one for each column of the key. */
export function joinColumns(name: string, target: TableModel): { key: ColumnModel; name: string }[] {
  const key = keyOf(target);
  return key.map((column) => ({ key: column, name: key.length === 1 ? name : `${name}_${column.name}` }));
}
