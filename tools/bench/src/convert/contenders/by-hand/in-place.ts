/** Statements of those who convert in place: new columns beside the old ones, filled, and put into their place. */
import { ID_MAP, twinOf, type ConvertedTable } from './converted-tables';

const tableOf = ({ table }: ConvertedTable): string => `"public"."${table}"`;

/**
 * Who refers comes before what it refers to, as in the clients' inserts, whose foreign keys look the user up: in the other order
 * each would wait for the other.
 */
export const lockingOrder = (tables: readonly ConvertedTable[]): readonly ConvertedTable[] =>
  [...tables].reverse();

export function addTwins(table: ConvertedTable): string[] {
  const additions = table.columns.map(({ column, type }) => `ADD COLUMN ${twinOf(column)} ${type}`);
  return [`ALTER TABLE ${tableOf(table)} ${additions.join(', ')}`];
}

/**
 * Fills the twins of all rows that are chosen.
 * @param where in SQL, of a row `t`
 */
export function fillTwins(table: ConvertedTable, where = 'true'): string {
  const assignments = table.columns.map(({ column, value }) => `${twinOf(column)} = ${value}`);
  const from = table.lookups.map(({ alias }) => `${ID_MAP} AS "${alias}"`);
  const conditions = [...table.lookups.map(({ on }) => on), where];
  return (
    `UPDATE ${tableOf(table)} AS "t" SET ${assignments.join(', ')}` +
    `${from.length > 0 ? ` FROM ${from.join(', ')}` : ''} WHERE ${conditions.join(' AND ')}`
  );
}

/** In SQL, of a row `t`: whether its twins are not what its columns say. */
export function isStale(table: ConvertedTable): string {
  const stale = table.columns.map(({ column, value }) => `"t".${twinOf(column)} IS DISTINCT FROM (${value})`);
  return `(${stale.join(' OR ')})`;
}

/** The old columns go, with every rule and view that hangs on them, and the twins get their names. */
export function takePlaces(table: ConvertedTable): string[] {
  return table.columns.flatMap(({ column, isRequired, defaultValue }) => [
    `ALTER TABLE ${tableOf(table)} DROP COLUMN "${column}" CASCADE`,
    `ALTER TABLE ${tableOf(table)} RENAME COLUMN ${twinOf(column)} TO "${column}"`,
    ...(isRequired ? [`ALTER TABLE ${tableOf(table)} ALTER COLUMN "${column}" SET NOT NULL`] : []),
    ...(defaultValue === undefined
      ? []
      : [`ALTER TABLE ${tableOf(table)} ALTER COLUMN "${column}" SET DEFAULT ${defaultValue}`]),
  ]);
}
