/** Pure: the sequences of `serial` columns, and those that a default names. */
import type { Catalog, Column, Sequence } from '../../catalog/catalog';
import type { SchemaChange } from '../schema-change';
import { quotedName } from '../../catalog/quoted-name';
import { columnOf, quote } from '../sql-text';
import { at, type Action } from '../steps';

export function createSequence(sequence: Sequence): string {
  return `create sequence ${quotedName(sequence)} as ${sequence.type}`;
}

/** The one that goes with the column. */
export function sequenceOf(catalog: Catalog, table: string, column: Column): Sequence | undefined {
  return Object.values(catalog.sequences).find(
    ({ ownedBy }) => ownedBy?.table === table && ownedBy.column === column.name,
  );
}

export function changeSequences(change: SchemaChange): Action[] {
  const { from, to } = change;
  const wanted = Object.entries(to.sequences).flatMap(([name, sequence]) => {
    const old = from.sequences[name];
    if (!old) {
      return [
        ...(takesIdentitysPlace(change, sequence) ? [] : at('create sequence', createSequence(sequence))),
        ...(sequence.ownedBy ? own(to, sequence) : []),
      ];
    }
    const retyped =
      old.type === sequence.type
        ? []
        : at('alter column', `alter sequence ${quotedName(sequence)} as ${sequence.type}`);
    const isOwned = JSON.stringify(old.ownedBy) === JSON.stringify(sequence.ownedBy);
    return [...retyped, ...(isOwned ? [] : own(to, sequence))];
  });
  const gone = Object.entries(from.sequences)
    .filter(([name, sequence]) => !to.sequences[name] && !goesWithItsColumn(change, sequence))
    .flatMap(([, sequence]) => at('drop sequence', `drop sequence ${quotedName(sequence)}`));
  return [...wanted, ...gone];
}

function own(to: Catalog, sequence: Sequence): Action[] {
  const table = to.tables[sequence.ownedBy?.table ?? ''];
  const owner = table && sequence.ownedBy ? `${quotedName(table)}.${quote(sequence.ownedBy.column)}` : 'none';
  return at('own sequence', `alter sequence ${quotedName(sequence)} owned by ${owner}`);
}

/** Made in the course of that change, see `changeGenerator`. */
function takesIdentitysPlace({ from, tableChange }: SchemaChange, { ownedBy }: Sequence): boolean {
  if (!ownedBy || tableChange(ownedBy.table)?.replaced.has(ownedBy.column)) return false;
  return (columnOf(from.tables[ownedBy.table], ownedBy.column)?.identity ?? null) !== null;
}

function goesWithItsColumn({ to, tableChange }: SchemaChange, { ownedBy }: Sequence): boolean {
  if (!ownedBy) return false;
  const change = tableChange(ownedBy.table);
  if (!change) return !to.tables[ownedBy.table];
  return change.dropped.has(ownedBy.column) || change.replaced.has(ownedBy.column);
}
