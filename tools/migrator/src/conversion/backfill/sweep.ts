/**
 * What the walk has missed: rows that clients moved to a place where it had been, or had locked when it came by. It ends with
 * one look at the whole table in one snapshot, which finds nothing; from then on the pairing triggers keep it so.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { MigratorError } from '../../errors';
import { backoffMs } from '../../pg/backoff';
import type { Task } from '../state/tasks';
import { readingAll, type FillSession } from './fill-session';
import type { Filling, FillStatements } from './fill-statements';
import type { Gate } from './gate';
import { withoutWaiting } from './walk';

/** Places that are looked up at once. */
const FOUND_AT_ONCE = 5_000;
const FILLED_AT_ONCE = 500;
const BEGINNING = '(0,0)';

export interface SweepOptions {
  readonly service: string;
  readonly task: Task;
  readonly statements: FillStatements;
  readonly fillings: readonly Filling[];
  readonly session: FillSession;
  readonly gate: Gate;
  /** How long rows that somebody has locked are waited for, while nothing else moves. */
  readonly patienceMs: number;
}

/**
 * @returns by column: how many rows have a number and no pair in the id map, so that nothing could be filled
 * @throws MigratorError CONVERSION_STALLED when rows stay locked
 */
export async function sweep(options: SweepOptions): Promise<Readonly<Record<string, number>>> {
  let movedAt = performance.now();
  for (let attempt = 1; ; attempt++) {
    const { fillable, withoutPair } = await check(options);
    options.gate.remark('sweep', undefined);
    if (fillable === 0) return withoutPair;
    if ((await sweepOnce(options)) > 0) {
      movedAt = performance.now();
      attempt = 0;
    } else {
      if (performance.now() - movedAt > options.patienceMs) throw await stalled(options, fillable);
      options.gate.remark('sweep', `${fillable} rows of ${options.task.table} are locked by others`);
      await pause(backoffMs(attempt, 1_000));
    }
  }
}

async function check({ session, statements, fillings }: SweepOptions) {
  return session.run(async (open) => {
    const [found] = await readingAll(open, (query) =>
      query<{ fillable: string; without_pair: string[] }>(statements.check),
    );
    const counts = fillings.map(({ target }, index) => [target, Number(found!.without_pair[index])] as const);
    return { fillable: Number(found!.fillable), withoutPair: Object.fromEntries(counts) };
  });
}

/** From the first block to the last. @returns how many rows were filled */
async function sweepOnce({ session, gate, statements, task }: SweepOptions): Promise<number> {
  let filled = 0;
  let from = BEGINNING;
  for (;;) {
    const found = await session.run(({ query }) =>
      query<{ place: string }>(statements.find, [from, FOUND_AT_ONCE]),
    );
    for (let first = 0; first < found.length; first += FILLED_AT_ONCE) {
      await gate.pass();
      const places = found.slice(first, first + FILLED_AT_ONCE).map(({ place }) => place);
      filled += await session.run(async ({ query }) => {
        const fill = () => query<{ rows: number }>(statements.fillFound, [places, task.id]);
        const [changed] = await withoutWaiting(fill, fill);
        return changed!.rows;
      });
    }
    if (found.length < FOUND_AT_ONCE) return filled;
    // By place, so this one is further on than the one before; it is found again if it is locked.
    from = found.at(-1)!.place;
  }
}

async function stalled(
  { service, task, session, fillings }: SweepOptions,
  rows: number,
): Promise<MigratorError> {
  const holders = await session.run(({ query }) =>
    query<{ holder: string }>(
      `SELECT format('process %s of %s (%s), in its transaction since %s', pid, usename,
                     coalesce(nullif(application_name, ''), 'no name'), to_char(xact_start, 'HH24:MI:SS')) AS "holder"
         FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start < now() - interval '10 seconds'
        ORDER BY xact_start LIMIT 5`,
    ),
  );
  const who =
    holders.length > 0
      ? `These transactions are old: ${holders.map(({ holder }) => holder).join('; ')}.`
      : 'No transaction is old; look for prepared ones in pg_prepared_xacts.';
  const columns = fillings.map(({ target }) => target).join(', ');
  return new MigratorError(
    'CONVERSION_STALLED',
    `${service}: ${rows} rows of ${task.table} cannot be filled (${columns}), because somebody keeps them locked. ${who} Everything else ` +
      'is filled; let them end, and run again: it goes on from here.',
  );
}
