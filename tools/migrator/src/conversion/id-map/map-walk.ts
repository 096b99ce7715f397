/**
 * One session's way through the numbers of a key, lowest first: pairs in short batches, the outbox in larger portions after
 * them, and how far both are in the range's row.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { MigratorError } from '../../errors';
import { inTransaction, transactionControlOf } from '../../pg/in-transaction';
import type { Query } from '../../pg/query';
import { isRetryable, SQLSTATE, sqlstateOf } from '../../pg/sqlstate';
import { BatchSize } from '../backfill/batch-size';
import { FILL_DEFAULTS, type FillOptions } from '../backfill/fill-options';
import type { FillSession, OpenSession } from '../backfill/fill-session';
import { allRangesDone, LOOK_AGAIN_MS, takeNumbers, type TakenNumbers } from '../backfill/ranges';
import type { MonitoredWork } from '../backfill/while-monitored';
import type { Task } from '../state/tasks';
import type { MapStatements } from './map-statements';

/** As many as one message carries. */
const PUBLISHED_AT_ONCE = 5_000;
const SIZE = { first: 500, least: 200, most: PUBLISHED_AT_ONCE } as const;

const LOWEST_NUMBER = '-9223372036854775808';

/** Numbers from `from` to `to`, both included; text, for they may be larger than JavaScript's. */
export interface NumbersOfMap {
  /** The owner's table: `users`. */
  readonly map: string;
  readonly from: string;
  readonly to: string;
}

/** Tells other services of the pairs of these numbers, in the transaction of `query`. Telling twice must do no harm. */
export type PublishPairs = (query: Query, numbers: NumbersOfMap) => Promise<unknown>;

export interface FillIdMapsOptions extends Pick<
  FillOptions,
  'limits' | 'lockedRowsPatienceMs' | 'onProgress'
> {
  /** Nobody is told when left out. */
  readonly publish?: PublishPairs;
}

interface WalkParts extends Pick<MonitoredWork, 'gate' | 'targetBatchMs'> {
  readonly session: FillSession;
  readonly task: Task;
  readonly statements: MapStatements;
}

export class MapWalk {
  private readonly size = new BatchSize(SIZE);

  constructor(
    private readonly service: string,
    private readonly options: FillIdMapsOptions,
    private readonly parts: WalkParts,
  ) {}

  /** Returns when the range is done, by this process or another one. */
  async toEnd(): Promise<void> {
    const { session, task, gate } = this.parts;
    for (;;) {
      await gate.pass();
      const range = await session.run((open) => takeNumbers(open, task.id));
      if (range) await this.throughNumbers(range);
      else if (await session.run(({ query }) => allRangesDone(query, task.id))) return;
      else await pause(LOOK_AGAIN_MS);
    }
  }

  /** To its end, or until it turns out to be somebody else's. */
  private async throughNumbers({ at, published }: TakenNumbers): Promise<void> {
    const { session, gate } = this.parts;
    let reached = at;
    let told = published;
    // After a kill nobody knows how many there are; telling some sooner does no harm.
    let untold = reached === told ? 0 : PUBLISHED_AT_ONCE;
    for (;;) {
      await gate.pass();
      const limit = this.size.current;
      const begun = reached;
      const batch = await session.run((open) => this.batch(open, begun, limit));
      if (!batch) return;
      reached = batch.at;
      untold += batch.rows;
      const isLast = batch.rows < limit;
      if (untold >= PUBLISHED_AT_ONCE || isLast) {
        const after = told;
        const upTo = reached;
        const tell = () => session.run((open) => this.tell(open, after, upTo, isLast));
        if (!(await this.amongOthers(tell, tell))) return;
        told = reached;
        untold = 0;
      }
      if (isLast) return;
    }
  }

  /** @returns undefined when the range is not this session's any more, or further than it knew */
  private async batch({ query, identity }: OpenSession, at: string | null, limit: number) {
    const { task, statements, targetBatchMs } = this.parts;
    const send = (statement: string) =>
      query<{ at: string | null; rows: number }>(statement, [task.id, at, identity, limit]);
    const startedAt = performance.now();
    const [done] = await this.amongOthers(
      () => send(at === null ? statements.first : statements.next),
      () => send(at === null ? statements.firstAmongOthers : statements.nextAmongOthers),
    );
    this.size.adapt(performance.now() - startedAt, targetBatchMs());
    return done;
  }

  /** @returns false when the range is not this session's any more */
  private async tell(
    { query, identity }: OpenSession,
    after: string | null,
    upTo: string | null,
    isLast: boolean,
  ): Promise<boolean> {
    const { task } = this.parts;
    return inTransaction(transactionControlOf(query), async () => {
      const mine = await query(
        `UPDATE "id_conversion"."ranges" SET "published" = $2::bigint, "is_done" = $3::boolean
          WHERE "task_id" = $1::bigint AND "taken_by" = $4::text AND NOT "is_done" RETURNING 1`,
        [task.id, upTo, isLast, identity],
      );
      if (mine.length > 0 && upTo !== null && upTo !== after) {
        const from = after === null ? LOWEST_NUMBER : String(BigInt(after) + 1n);
        await this.options.publish?.(query, { map: task.table, from, to: upTo });
      }
      return mine.length > 0;
    });
  }

  /** Whoever makes one of the same pairs, or tells of them, at this moment is waited for; a moment at a time, by lock_timeout. */
  private async amongOthers<T>(work: () => Promise<T>, careful: () => Promise<T>): Promise<T> {
    const givesUpAt =
      performance.now() + (this.options.lockedRowsPatienceMs ?? FILL_DEFAULTS.lockedRowsPatienceMs);
    for (let next = work; ; next = careful) {
      try {
        return await next();
      } catch (error) {
        if (!isRetryable(error) && sqlstateOf(error) !== SQLSTATE.uniqueViolation) throw error;
        if (performance.now() > givesUpAt) throw stalled(this.service, this.parts.task.table, error);
      }
    }
  }
}

function stalled(service: string, table: string, cause: unknown): MigratorError {
  return new MigratorError(
    'CONVERSION_STALLED',
    `${service}: a transaction that stays open has made pairs of ${table} that the id map needs, or holds its place in the outbox. ` +
      'See pg_stat_activity for the oldest xact_start; let it end, and run again: it goes on from here.',
    { cause },
  );
}
