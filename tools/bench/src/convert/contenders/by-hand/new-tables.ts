/** Statements of the floor: every table made anew, with new ids in it, beside the old one. */
import { ID_MAP, type ConvertedTable } from './converted-tables';

/** Where the old tables are while the new ones are made; sequences that belong to them go with them. */
const OLD = '"by_hand_old"';

export const makeRoom = [`CREATE SCHEMA ${OLD}`];
export const clearRoom = [`DROP SCHEMA ${OLD} CASCADE`];

export function moveAway({ table }: ConvertedTable): string[] {
  return [`ALTER TABLE "public"."${table}" SET SCHEMA ${OLD}`];
}

export interface PlainColumn {
  readonly name: string;
  readonly isRequired: boolean;
  readonly defaultValue: string | null;
}

/**
 * @param columns of the table as it was, in their order; their defaults in the words of the catalog while it was in public
 */
export function makeNewTable(
  { table, lookups, columns: converted, serial }: ConvertedTable,
  columns: readonly PlainColumn[],
): string[] {
  const valueOf = ({ name }: PlainColumn): string => {
    const column = converted.find((candidate) => candidate.column === name);
    return column ? `(${column.value})::${column.type} AS "${name}"` : `"t"."${name}"`;
  };
  const joins = lookups.map(({ alias, on }) => `LEFT JOIN ${ID_MAP} AS "${alias}" ON ${on}`);
  const sequence = `"${table}_${serial}_seq"`;
  const alterations = columns.flatMap(({ name, isRequired, defaultValue }) => {
    const own = converted.find(({ column }) => column === name);
    const newDefault = own ? own.defaultValue : defaultValue;
    return [
      ...(isRequired ? [`ALTER COLUMN "${name}" SET NOT NULL`] : []),
      ...(newDefault ? [`ALTER COLUMN "${name}" SET DEFAULT ${newDefault}`] : []),
    ];
  });
  return [
    `CREATE TABLE "public"."${table}" AS SELECT ${columns.map(valueOf).join(', ')} FROM ${OLD}."${table}" AS "t" ${joins.join(' ')}`,
    ...(serial === undefined
      ? []
      : [
          `ALTER SEQUENCE ${OLD}.${sequence} OWNED BY NONE`,
          `ALTER SEQUENCE ${OLD}.${sequence} SET SCHEMA "public"`,
          `ALTER SEQUENCE "public".${sequence} OWNED BY "public"."${table}"."${serial}"`,
        ]),
    `ALTER TABLE "public"."${table}" ${alterations.join(', ')}`,
    `ANALYZE "public"."${table}"`,
  ];
}
