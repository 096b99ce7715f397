/** Pure: changes of a relation. */
import type { Model, RelationModel, TableModel } from './model';

export const RELATION_EDITS = [
  'drop relation',
  'rename relation',
  'relation nullability',
  'relation onDelete',
  'relation kind',
] as const;
export type RelationEdit = (typeof RELATION_EDITS)[number];

const ON_DELETE = ['NO ACTION', 'CASCADE', 'SET NULL', 'RESTRICT'] as const;

/** Of a table that has relations, `table` or the next one. */
export function editRelation(
  model: Model,
  table: TableModel,
  kind: RelationEdit,
  item: number,
  choice: number,
): Model {
  const owners = model.tables.filter(({ relations }) => relations.length > 0);
  const owner = owners.find(({ id }) => id >= table.id) ?? owners[0];
  if (!owner) return model;
  const chosen = owner.relations[item % owner.relations.length]!;
  const relations = owner.relations.flatMap((relation) =>
    relation === chosen ? changed(owner, chosen, kind, choice, model.nextId) : [relation],
  );
  return {
    ...model,
    nextId: model.nextId + 1,
    tables: model.tables.map((other) => (other === owner ? { ...owner, relations } : other)),
  };
}

function changed(
  owner: TableModel,
  relation: RelationModel,
  kind: RelationEdit,
  choice: number,
  nextId: number,
): RelationModel[] {
  switch (kind) {
    case 'drop relation':
      return [];
    case 'rename relation':
      return [{ ...relation, name: `other ref ${nextId}` }];
    case 'relation nullability':
      return [{ ...relation, nullable: !relation.nullable || relation.to >= owner.id }];
    case 'relation onDelete':
      return [{ ...relation, onDelete: ON_DELETE[choice % ON_DELETE.length]! }];
    case 'relation kind':
      return [{ ...relation, kind: relation.kind === 'one-to-one' ? 'many-to-one' : 'one-to-one' }];
  }
}
