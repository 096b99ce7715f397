/** Pure: the columns change their names. The plain ones step aside, their twins take the plain names; or all of it back. */
import { escapeIdentifier } from 'pg';
import { displacedName, twinColumns } from '../constraints/sides';
import type { IdConversion } from '../declaration';
import { quotedTable } from '../names';
import type { Shape } from '../twins';

/** @param from the shape that the database has */
export function swapColumns(conversion: IdConversion, from: Shape): readonly string[] {
  return eachColumn(conversion, from).flatMap(({ table, plain, twin, displaced }) => [
    renameColumn(table, plain, displaced),
    renameColumn(table, twin, plain),
  ]);
}

/** Takes `swapColumns` back inside its transaction. */
export function swapColumnsBack(conversion: IdConversion, from: Shape): readonly string[] {
  return eachColumn(conversion, from).flatMap(({ table, plain, twin, displaced }) => [
    renameColumn(table, plain, twin),
    renameColumn(table, displaced, plain),
  ]);
}

function eachColumn(conversion: IdConversion, from: Shape) {
  return [...twinColumns(conversion, from)].flatMap(([table, columns]) =>
    [...columns].map(([plain, twin]) => ({ table, plain, twin, displaced: displacedName(plain, from) })),
  );
}

const renameColumn = (table: string, from: string, to: string) =>
  `ALTER TABLE ${quotedTable(table)} RENAME COLUMN ${escapeIdentifier(from)} TO ${escapeIdentifier(to)}`;
