/** Pure: a foreign key -> the same between other columns, as ADD CONSTRAINT takes it. */
import { escapeIdentifier } from 'pg';
import type { ConstraintFacts } from '../inspect/table-facts';
import { quotedTable } from '../names';
import type { TwinColumns } from './sides';

const NONE: TwinColumns = new Map();

/** @param twins by table; columns that have none stay */
export function foreignKeyDefinition(
  table: string,
  foreignKey: ConstraintFacts,
  twins: ReadonlyMap<string, TwinColumns>,
): string {
  const { references, isMatchFull, onUpdate, onDelete, setOnDelete, deferrable, initiallyDeferred } =
    foreignKey;
  if (references === null) throw new Error(`${foreignKey.name} of ${table} is no foreign key`);
  const list = (columns: readonly string[], of: string) =>
    `(${columns.map((column) => escapeIdentifier((twins.get(of) ?? NONE).get(column) ?? column)).join(', ')})`;
  return [
    `FOREIGN KEY ${list(foreignKey.columns, table)} REFERENCES ${quotedTable(references.table)} ${list(references.columns, references.table)}`,
    isMatchFull ? 'MATCH FULL' : '',
    onUpdate === null ? '' : `ON UPDATE ${onUpdate.toUpperCase()}`,
    onDelete === null ? '' : `ON DELETE ${onDelete.toUpperCase()}`,
    setOnDelete.length > 0 ? list(setOnDelete, table) : '',
    deferrable ? 'DEFERRABLE' : '',
    initiallyDeferred ? 'INITIALLY DEFERRED' : '',
    foreignKey.isEnforced ? '' : 'NOT ENFORCED',
  ]
    .filter((part) => part !== '')
    .join(' ');
}
