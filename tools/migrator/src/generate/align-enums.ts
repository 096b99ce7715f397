/** Pure: enums that changed their name only, or their name and their labels. */
import { qualifiedName, type Catalog } from '../catalog/catalog';
import type { Aligned } from './align-names';
import { renameIn } from './expression-names';
import { moveStatements } from './move-statements';
import { mapEntries } from './rename-in-catalog';
import { columnOf } from './sql-text';

/** Two enums are one when a column that had the first has the second, and each is only in its own catalog. */
export function alignEnums(from: Catalog, to: Catalog): Aligned {
  const newNames = new Map<string, string>();
  const spelled = new Map<string, string>();
  for (const [name, table] of Object.entries(from.tables)) {
    for (const column of table.columns) {
      const other = columnOf(to.tables[name], column.name);
      if (!column.enum || !other?.enum || newNames.has(column.enum)) continue;
      if (to.enums[column.enum] || from.enums[other.enum] || [...newNames.values()].includes(other.enum))
        continue;
      newNames.set(column.enum, other.enum);
      spelled.set(column.enum, other.type.replace(/\[\]$/, ''));
    }
  }
  if (newNames.size === 0) return { from, actions: [] };
  const rename = (expression: string) => renameIn(expression, { types: spelled });
  const enums = Object.entries(from.enums).map(([name, type]) => {
    const { schema, name: newName } = to.enums[newNames.get(name) ?? name] ?? type;
    return { ...type, schema, name: newName };
  });
  const tables = mapEntries(from.tables, (_, table) => ({
    ...table,
    columns: table.columns.map((column) => ({
      ...column,
      enum: column.enum && (newNames.get(column.enum) ?? column.enum),
      type:
        column.enum && spelled.has(column.enum)
          ? `${spelled.get(column.enum)}${column.type.endsWith('[]') ? '[]' : ''}`
          : column.type,
      default: column.default && rename(column.default),
      generated: column.generated && rename(column.generated),
    })),
    constraints: mapEntries(table.constraints, (_, constraint) => ({
      ...constraint,
      definition: rename(constraint.definition),
    })),
    indexes: mapEntries(table.indexes, (_, index) => ({ ...index, definition: rename(index.definition) })),
  }));
  const actions = [...newNames].flatMap(([name, newName]) =>
    moveStatements('type', from.enums[name]!, to.enums[newName]!),
  );
  return {
    from: {
      ...from,
      tables,
      enums: Object.fromEntries(enums.map((type) => [qualifiedName(type), type])),
    },
    actions,
  };
}
