/** Values for one column that is null in rows that are there: what a person would write in the place of a backfill. */
import { escapeIdentifier } from 'pg';
import type { Catalog } from '../catalog/catalog';
import type { Query } from '../pg/query';
import { readHints } from './check-hints';
import { columnSpaces } from './column-spaces';
import { drawHinted } from './draw-hinted';
import { foreignKeysOf } from './fill-order';
import { isRefusal } from './insert-rows';
import { Random } from './random';
import { readTargets } from './read-targets';
import { quotedName } from '../catalog/quoted-name';

export interface FilledColumn {
  /** How many rows got a value. */
  readonly rows: number;
  /** Why rows are still without one; null when none is. */
  readonly reason: string | null;
}

export interface FillColumnOptions {
  /** Default 1. */
  readonly seed?: number;
  /** A type that the values must fit too, because the column goes back to it. */
  readonly drawAs?: string;
}

const TRIES = 5;
/** How often another value is drawn instead of one that is there. */
const REDRAWS = 20;

/**
 * Values differ from each other where that is possible, so that unique rules hold.
 * @param catalog of the schema as it shall be: its keys and checks decide about the values
 * @param table `qualifiedName`
 * @param query of a session outside a transaction, or one that goes back to a savepoint when a statement fails
 */
export async function fillColumn(
  query: Query,
  catalog: Catalog,
  table: string,
  column: string,
  { seed = 1, drawAs }: FillColumnOptions = {},
): Promise<FilledColumn> {
  const facts = catalog.tables[table];
  const type = facts?.columns.find(({ name }) => name === column)?.type;
  if (!facts || type === undefined) return { rows: 0, reason: `there is no column ${table}.${column}` };
  const draw = await drawerOf(query, catalog, table, column, drawAs);
  if (!draw) return { rows: 0, reason: `nothing is known about the values of ${table}.${column}` };
  const identifier = escapeIdentifier(column);
  const present = await query<{ value: string | null }>(
    `SELECT ${identifier}::text AS value FROM ${quotedName(facts)}`,
  );
  const used = new Set(present.flatMap(({ value }) => value ?? []));
  const count = present.filter(({ value }) => value === null).length;
  let reason: string | null = null;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    try {
      await query(
        `UPDATE ${quotedName(facts)} AS t SET ${identifier} = v.value::${type}
         FROM (SELECT ctid AS row, row_number() OVER (ORDER BY ctid) AS number
               FROM ${quotedName(facts)} WHERE ${identifier} IS NULL) AS r
         JOIN unnest($1::text[]) WITH ORDINALITY AS v (value, number) USING (number) WHERE t.ctid = r.row`,
        [draw(count, used, new Random(seed + attempt))],
      );
      return { rows: count, reason: null };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      reason = error instanceof Error ? error.message : String(error);
    }
  }
  return { rows: 0, reason };
}

/** Draws so many values, other ones than those that are used where there are others. */
type Drawer = (count: number, used: ReadonlySet<string>, random: Random) => string[];

async function drawerOf(
  query: Query,
  catalog: Catalog,
  table: string,
  column: string,
  drawAs: string | undefined,
): Promise<Drawer | undefined> {
  const key = foreignKeysOf(catalog, table).find(({ columns }) => columns.includes(column));
  if (key) {
    const position = key.columns.indexOf(column);
    const targets = (await readTargets(query, catalog, key)).map((target) => target[position]!);
    return targets.length === 0 ? undefined : (count, used) => unusedFirst(targets, used, count);
  }
  const narrowing = drawAs === undefined ? {} : { drawAs: new Map([[`${table}.${column}`, drawAs]]) };
  const space = columnSpaces(catalog, narrowing).get(`${table}.${column}`);
  if (!space) return undefined;
  const hint = readHints(catalog.tables[table]!).get(column);
  return (count, used, random) => distinct(() => drawHinted(space, hint, random)!, used, count);
}

/** Round and round, beginning with those that nothing refers to yet. */
function unusedFirst(targets: readonly string[], used: ReadonlySet<string>, count: number): string[] {
  const isUsed = (value: string) => Number(used.has(value));
  const ordered = [...targets].sort((a, b) => isUsed(a) - isUsed(b));
  return Array.from({ length: count }, (_, index) => ordered[index % ordered.length]!);
}

function distinct(draw: () => string, used: ReadonlySet<string>, count: number): string[] {
  const drawn = new Set(used);
  return Array.from({ length: count }, () => {
    let value = draw();
    for (let again = 0; again < REDRAWS && drawn.has(value); again++) value = draw();
    drawn.add(value);
    return value;
  });
}
