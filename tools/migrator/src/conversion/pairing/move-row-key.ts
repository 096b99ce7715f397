import { escapeLiteral } from 'pg';
import type { IdConversion } from '../declaration';
import type { Shape } from '../twins';
import { columnOf, type PairedTable } from './paired-table';
import { fillerName, WAITING_TABLE } from './pairing-names';
import { rowKey, rowKeysOf } from './row-key';

/**
 * Statements of a trigger function, after all halves are there: the row NEW has another primary key than OLD had, and what is remembered of
 * it goes along. That is what it waits for, and what was taken out of it because it referred to nothing (`id_conversion.dangling`, whose
 * keys are of the shape numeric; see proof/dangling.ts). Whoever looked for it by its old key would think it was deleted.
 */
export function moveRowKey(conversion: IdConversion, table: PairedTable, shape: Shape): string {
  const filler = escapeLiteral(fillerName(conversion, table.table));
  return `
  IF TG_OP = 'UPDATE' AND (${keyColumns(table).map(isChanged).join(' OR ')}) THEN
    WITH "moved" AS (
      DELETE FROM ${WAITING_TABLE} AS "row" WHERE "row"."filled_by" = ${filler} AND "row"."row_key" IN (${rowKeysOf(table, 'OLD').join(', ')}) RETURNING "row".*
    )
    INSERT INTO ${WAITING_TABLE} ("map", "number", "uuid", "table_name", "column_name", "filled_by", "row_key", "since")
    SELECT "map", "number", "uuid", "table_name", "column_name", "filled_by", ${rowKey(table, shape, 'NEW')}, "since" FROM "moved"
    ON CONFLICT DO NOTHING;
    UPDATE "id_conversion"."dangling" AS "row" SET "row_key" = ${numericKey(table, 'NEW')}
     WHERE "row"."conversion" = ${escapeLiteral(conversion.name)} AND "row"."table_name" = ${escapeLiteral(table.table)}
       AND "row"."row_key" = ${numericKey(table, 'OLD')};
  END IF;`;
}

/** Whether anything is remembered of rows of this table by their primary key. */
export const isKnownByKey = ({ primaryKey, references }: PairedTable): boolean =>
  primaryKey.length > 0 && references.length > 0;

/** The columns of the primary key; of twins both halves. */
export const keyColumns = ({ primaryKey }: PairedTable): readonly string[] =>
  primaryKey.flatMap((part) =>
    part.kind === 'column' ? [part.column] : [part.twin.names.numeric, part.twin.names.uuid],
  );

const isChanged = (column: string) =>
  `${columnOf('NEW', column)} IS DISTINCT FROM ${columnOf('OLD', column)}`;

/** As proof/row-key.ts writes it: the plain names, with numbers in them. */
function numericKey({ primaryKey }: PairedTable, row: string): string {
  const parts = primaryKey.flatMap((part) => {
    const [plain, column] =
      part.kind === 'column' ? [part.column, part.column] : [part.twin.column, part.twin.names.numeric];
    return [escapeLiteral(plain), columnOf(row, column)];
  });
  return `jsonb_build_object(${parts.join(', ')})`;
}
