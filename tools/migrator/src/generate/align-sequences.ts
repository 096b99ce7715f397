/** Pure: sequences that changed their name only. */
import { qualifiedName, type Catalog, type Sequence } from '../catalog/catalog';
import type { Aligned } from './align-names';
import { moveStatements } from './move-statements';
import { takesNext } from './operations/change-generator';
import { mapEntries } from './rename-in-catalog';
import { columnOf } from './sql-text';

/** Two sequences are one when the same column owns them. */
export function alignSequences(from: Catalog, to: Catalog): Aligned {
  const pairs = Object.entries(from.sequences).flatMap(([name, sequence]) => {
    if (to.sequences[name] || !sequence.ownedBy) return [];
    const other = Object.entries(to.sequences).find(
      ([otherName, { ownedBy }]) =>
        !from.sequences[otherName] && JSON.stringify(ownedBy) === JSON.stringify(sequence.ownedBy),
    );
    return other ? [{ name, sequence, other: other[1] }] : [];
  });
  const sequences = Object.entries(from.sequences).map(([name, sequence]) => {
    const other = pairs.find((pair) => pair.name === name)?.other;
    return other ? { ...sequence, schema: other.schema, name: other.name } : sequence;
  });
  // A default that takes the next number of the same sequence is the same, however that is called.
  const own = (table: string, column: string, ofSequences: readonly Sequence[]) => {
    const found = ofSequences.find(({ ownedBy }) => ownedBy?.table === table && ownedBy.column === column);
    return found && qualifiedName(found);
  };
  const tables = mapEntries(from.tables, (name, table) => ({
    ...table,
    columns: table.columns.map((column) => {
      const other = columnOf(to.tables[name], column.name);
      const sequence = own(name, column.name, sequences);
      const isSame =
        sequence !== undefined && sequence === own(name, column.name, Object.values(to.sequences));
      return isSame && other && takesNext(column.default) && takesNext(other.default)
        ? { ...column, default: other.default }
        : column;
    }),
  }));
  return {
    from: {
      ...from,
      tables,
      sequences: Object.fromEntries(sequences.map((sequence) => [qualifiedName(sequence), sequence])),
    },
    actions: pairs.flatMap(({ sequence, other }) => moveStatements('sequence', sequence, other)),
  };
}
