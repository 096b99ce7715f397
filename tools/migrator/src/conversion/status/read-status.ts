/** How the conversions of one database stand: what `conversion-status` tells. Reads only. */
import type { Query } from '../../pg/query';
import { isOwner, type IdConversion } from '../declaration';
import { readProgress, type TaskProgress } from '../state/tasks';
import type { Shape } from '../twins';

export interface ConversionStatus {
  readonly service: string;
  readonly name: string;
  readonly isOwner: boolean;
  /** What the plain names hold: `numeric` before the switch, `uuid` after it. */
  readonly shape: Shape;
  readonly isPaused: boolean;
  readonly workers: number;
  readonly targetBatchMs: number;
  readonly fills: readonly FillStatus[];
  /** References to nothing, as it was decided about them. */
  readonly dangling: readonly DanglingCount[];
  readonly locks: LockStatus;
}

export interface FillStatus extends TaskProgress {
  /** Since it began, pauses included; null before a second has passed. */
  readonly rowsPerSecond: number | null;
  /** At that rate; null when nobody knows. */
  readonly secondsLeft: number | null;
}

export interface DanglingCount {
  readonly table: string;
  readonly column: string;
  readonly decision: string;
  readonly rows: number;
}

/** Every attempt to take locks that clients could have waited behind. */
export interface LockStatus {
  readonly attempts: number;
  readonly gaveWay: number;
  /** 0 when there was none. */
  readonly longestMs: number;
}

interface ConversionRow extends Pick<
  ConversionStatus,
  'service' | 'name' | 'shape' | 'isPaused' | 'workers' | 'targetBatchMs'
> {
  readonly declaration: IdConversion;
}

/** In the order of their names; none where there never was a conversion. */
export async function readConversionStatus(query: Query): Promise<ConversionStatus[]> {
  const [state] = await query<{ exists: boolean }>(
    `SELECT to_regclass('"id_conversion"."conversions"') IS NOT NULL AS "exists"`,
  );
  if (!state!.exists) return [];
  const rows = await query<ConversionRow>(
    `SELECT "name", "service", "declaration", "shape", "is_paused" AS "isPaused", "workers", "target_batch_ms" AS "targetBatchMs"
       FROM "id_conversion"."conversions" ORDER BY "name"`,
  );
  const statuses: ConversionStatus[] = [];
  for (const { declaration, ...row } of rows) {
    statuses.push({
      ...row,
      isOwner: isOwner(declaration),
      fills: (await readProgress(query, row.name)).map((progress) => withRate(progress, new Date())),
      dangling: await danglingCounts(query, row.name),
      locks: await lockStatus(query, row.name),
    });
  }
  return statuses;
}

/** Pure. */
export function withRate(progress: TaskProgress, now: Date): FillStatus {
  const { doneRows, estimatedRows, startedAt, endedAt } = progress;
  const seconds = ((endedAt ?? now).getTime() - startedAt.getTime()) / 1_000;
  const rowsPerSecond = seconds < 1 ? null : doneRows / seconds;
  if (endedAt) return { ...progress, rowsPerSecond, secondsLeft: 0 };
  // The estimate is Postgres's, and may be less than what has been done.
  const left = Math.max(0, estimatedRows - doneRows);
  return { ...progress, rowsPerSecond, secondsLeft: rowsPerSecond ? left / rowsPerSecond : null };
}

async function danglingCounts(query: Query, name: string): Promise<DanglingCount[]> {
  const rows = await query<DanglingCount & { readonly rows: string | number }>(
    `SELECT "table_name" AS "table", "column_name" AS "column", "decision", count(*) AS "rows" FROM "id_conversion"."dangling"
      WHERE "conversion" = $1 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
    [name],
  );
  return rows.map((row) => ({ ...row, rows: Number(row.rows) }));
}

async function lockStatus(query: Query, name: string): Promise<LockStatus> {
  const [row] = await query<Record<keyof LockStatus, string | number>>(
    `SELECT count(*) AS "attempts", count(*) FILTER (WHERE "outcome" = 'gave-way') AS "gaveWay",
            coalesce(max("took_ms"), 0) AS "longestMs"
       FROM "id_conversion"."lock_attempts" WHERE "conversion" = $1`,
    [name],
  );
  const { attempts, gaveWay, longestMs } = row!;
  return { attempts: Number(attempts), gaveWay: Number(gaveWay), longestMs: Number(longestMs) };
}
