/** A planned change -> a database, as the generated migrations would run it: a transaction, then one by one. */
import type { Catalog } from '../../catalog/catalog';
import type { Query } from '../../pg/query';
import { sqlstateOf } from '../../pg/sqlstate';
import { fillColumn } from '../../scratch/fill-column';
import { withSavepoints } from '../../scratch/with-savepoints';
import type { Step } from '../steps';

/** `table.column` -> the type that the column goes back to. */
export type Fitting = ReadonlyMap<string, string>;

/** What the rows themselves forbid: values that do not fit, and rules that they break. */
const OF_THE_DATA = /^2[23]/;

export class StepFailed extends Error {
  override readonly name = 'StepFailed';

  constructor(
    readonly sql: string,
    cause: unknown,
  ) {
    super(`${cause instanceof Error ? cause.message : String(cause)}\n  in: ${sql}`, { cause });
  }

  get sqlstate(): string {
    return sqlstateOf(this.cause) ?? 'none';
  }

  /** A refusal that has its reason in the rows is no defect of the statement. */
  get isOfTheData(): boolean {
    return OF_THE_DATA.test(this.sqlstate);
  }
}

/** @throws StepFailed, and then nothing has changed */
export async function runInTransaction(
  query: Query,
  steps: readonly Step[],
  target: Catalog,
  fitting: Fitting,
): Promise<void> {
  await query('BEGIN');
  try {
    await runOneByOne(query, steps, target, fitting, withSavepoints(query));
  } catch (error) {
    await query('ROLLBACK');
    throw error;
  }
  await query('COMMIT');
}

/**
 * @param fitting what a backfilled value must fit besides its column
 * @param trying sends what may be refused and is then tried in another way
 * @throws StepFailed; what ran before it stays
 */
export async function runOneByOne(
  query: Query,
  steps: readonly Step[],
  target: Catalog,
  fitting: Fitting,
  trying: Query = query,
): Promise<void> {
  for (const step of steps) {
    if (step.kind === 'statement') await run(query, step.sql);
    // What a person would write in the place that the file leaves for it. Where no value is allowed, the statements that
    // follow fail on the rows that are left without.
    else
      await fillColumn(trying, target, step.table, step.column, {
        drawAs: fitting.get(`${step.table}.${step.column}`),
      });
  }
}

async function run(query: Query, sql: string): Promise<void> {
  try {
    await query(sql);
  } catch (error) {
    throw new StepFailed(sql, error);
  }
}

export function statements(sql: readonly string[]): Step[] {
  return sql.map((one) => ({ kind: 'statement', sql: one }));
}

/** For people who read a failure. */
export function printStep(step: Step): string {
  return step.kind === 'statement' ? step.sql : `-- backfill ${step.table}.${step.column}: ${step.example}`;
}
