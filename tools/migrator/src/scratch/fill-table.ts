/** Rows for one table: how often it tries, and what it says when no row is allowed. Postgres judges every row. */
import type { Query } from '../pg/query';
import { combineRows } from './combine-rows';
import { drawRows, type TableDraw } from './draw-rows';
import { checksOf, insertRows, isRefusal, judgeRows } from './insert-rows';
import type { RowText } from './rows-snapshot';

export type Nulls = 'some' | 'none';

export interface FilledTable {
  readonly count: number;
  /** Why there are no more rows than that. */
  readonly reason: string;
}

const NULLS = { some: 0.25, none: 0 } as const;

/** Once plain rows were refused, null is tried more often: many checks are about what is there and what is not. */
const LATER_NULLS = 0.4;

/** More than enough for a few rows under most checks, and small enough for one statement. */
const CANDIDATES_JUDGED = 120;
const ROUNDS = 3;

export async function fillTable(
  query: Query,
  draw: TableDraw,
  wanted: number,
  nulls: Nulls,
): Promise<FilledTable> {
  const impossible = whyImpossible(draw);
  if (impossible !== undefined) return { count: 0, reason: impossible };
  const first = await insertRows(query, draw.table, drawRows(draw, 4 * wanted, NULLS[nulls]), wanted);
  let { count, refusal } = first;
  for (let round = 1; round <= ROUNDS && count < wanted; round++) {
    const { rows, reason } = await drawAllowed(query, draw, 4 * wanted, Math.max(NULLS[nulls], LATER_NULLS));
    if (reason !== undefined) return { count, reason };
    const more = await insertRows(query, draw.table, rows, wanted - count, 'one by one');
    count += more.count;
    refusal = more.refusal ?? refusal;
  }
  return { count, reason: refusal ?? 'every drawn row collides with one that is there' };
}

/** Rows that keep every check, or the reason why there are none. */
async function drawAllowed(
  query: Query,
  draw: TableDraw,
  count: number,
  nulls: number,
): Promise<{ readonly rows: readonly RowText[]; readonly reason?: string }> {
  const { table, random } = draw;
  if (checksOf(table).length === 0) return { rows: drawRows(draw, count, nulls) };
  const candidates = drawRows(draw, CANDIDATES_JUDGED, nulls);
  try {
    const { rows, impossible } = combineRows(table, await judgeRows(query, table, candidates), count, random);
    const [check] = impossible;
    if (check === undefined) return { rows };
    return { rows, reason: `no drawn value keeps ${check}: ${table.constraints[check]?.definition}` };
  } catch (error) {
    // A check can fail instead of being false: on a division by zero, on a cast.
    if (!isRefusal(error)) throw error;
    return { rows: candidates.slice(0, count) };
  }
}

function whyImpossible({ name, table, references, spaces, made }: TableDraw): string | undefined {
  const unknown = table.columns.find((column) => !made.has(column.name) && !spaces.has(column.name));
  if (unknown)
    return `${unknown.name} must have a value, and nothing is known about the type ${unknown.type}`;
  const orphan = references.find(
    ({ key, nullable, targets }) =>
      targets.length === 0 && nullable.length === 0 && key.references?.table !== name,
  );
  if (orphan)
    return `${orphan.key.name} must refer to a row of ${orphan.key.references?.table}, and there is none yet`;
  return undefined;
}
