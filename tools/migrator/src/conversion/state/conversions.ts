/** The conversions of one database: what was declared, which shape the plain names have, and how hard the fills may work. */
import { MigratorError } from '../../errors';
import type { Query } from '../../pg/query';
import type { IdConversion } from '../declaration';
import type { Shape } from '../twins';

/** What somebody may change while a fill runs; it is looked up again and again. */
export interface FillSettings {
  readonly isPaused: boolean;
  /** Sessions that fill at the same time. */
  readonly workers: number;
  /** How long a batch should keep its rows locked. */
  readonly targetBatchMs: number;
}

/** Records the declaration, a new one or a newer one; shape and settings stay what they are. */
export async function registerConversion(query: Query, conversion: IdConversion): Promise<void> {
  await query(
    `INSERT INTO "id_conversion"."conversions" ("name", "service", "declaration") VALUES ($1, $2, $3)
     ON CONFLICT ("name") DO UPDATE
        SET "service" = excluded."service", "declaration" = excluded."declaration", "updated_at" = clock_timestamp()`,
    [conversion.name, conversion.service, JSON.stringify(conversion)],
  );
}

/** Takes back `registerConversion`, with everything that is recorded of fills. What is kept for `down` stays. */
export async function forgetConversion(query: Query, name: string): Promise<void> {
  await query(`DELETE FROM "id_conversion"."conversions" WHERE "name" = $1`, [name]);
}

/** @throws MigratorError CONVERSION_UNKNOWN */
export async function readShape(query: Query, name: string): Promise<Shape> {
  return (await readConversion<{ shape: Shape }>(query, name, `"shape"`)).shape;
}

/**
 * For the switch, in its transaction.
 * @throws MigratorError CONVERSION_UNKNOWN
 */
export async function writeShape(query: Query, name: string, shape: Shape): Promise<void> {
  await change(query, name, `"shape" = $2`, shape);
}

/** @throws MigratorError CONVERSION_UNKNOWN */
export function readFillSettings(query: Query, name: string): Promise<FillSettings> {
  return readConversion(
    query,
    name,
    `"is_paused" AS "isPaused", "workers", "target_batch_ms" AS "targetBatchMs"`,
  );
}

/**
 * Fills that run stop after their batch, and go on when it is taken back; others stop before their first one.
 * @throws MigratorError CONVERSION_UNKNOWN
 */
export async function setPaused(query: Query, name: string, isPaused: boolean): Promise<void> {
  await change(query, name, `"is_paused" = $2`, isPaused);
}

/**
 * @param settings a number of workers counts for fills that start afterwards, a batch's duration at once
 * @throws MigratorError CONVERSION_UNKNOWN
 */
export async function setEffort(
  query: Query,
  name: string,
  settings: Partial<Pick<FillSettings, 'workers' | 'targetBatchMs'>>,
): Promise<void> {
  if (settings.workers !== undefined) await change(query, name, `"workers" = $2`, settings.workers);
  if (settings.targetBatchMs !== undefined) {
    await change(query, name, `"target_batch_ms" = $2`, settings.targetBatchMs);
  }
}

async function readConversion<Row>(query: Query, name: string, columns: string): Promise<Row> {
  const [row] = await query<Row>(`SELECT ${columns} FROM "id_conversion"."conversions" WHERE "name" = $1`, [
    name,
  ]);
  if (row === undefined) throw unknown(name);
  return row;
}

/** Looked up first: not every driver says how many rows an UPDATE has changed. */
async function change(query: Query, name: string, assignment: string, value: unknown): Promise<void> {
  await readShape(query, name);
  await query(
    `UPDATE "id_conversion"."conversions" SET ${assignment}, "updated_at" = clock_timestamp() WHERE "name" = $1`,
    [name, value],
  );
}

const unknown = (name: string) =>
  new MigratorError(
    'CONVERSION_UNKNOWN',
    `This database knows no id conversion ${name}. Its first phase (AddUuidColumns) records it: apply that first, and look whether ` +
      'this is the right database.',
  );
