/**
 * One worker's way through the ranges of a table: take one, do its passes batch by batch, take the next, until none is left.
 * Each batch is one statement: it fills rows and says so in the range's row, or does neither.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { isRetryable } from '../../pg/sqlstate';
import type { Task } from '../state/tasks';
import { BatchSize } from './batch-size';
import type { FillSession, OpenSession } from './fill-session';
import type { FillStatements } from './fill-statements';
import type { Gate } from './gate';
import { holderOfSnapshot, newestTransaction } from './old-snapshot';
import { allRangesDone, LOOK_AGAIN_MS, takeBlocks, type TakenBlocks } from './ranges';

/** Mostly it is the batch of another worker that is waited for. */
const SNAPSHOT_POLL_MS = 2;
/** Of the first batch. Below, a statement costs more than its rows, on a busy machine too; above, it is hardly faster. */
const LEAST_SHARE = 0.2;
const MOST_SHARE = 4;

export interface WalkOptions {
  readonly task: Task;
  readonly statements: FillStatements;
  readonly session: FillSession;
  readonly gate: Gate;
  readonly targetBatchMs: () => number;
  /** About 500 rows. */
  readonly firstBatchBlocks: number;
  /** How long one old snapshot is waited for. */
  readonly snapshotPatienceMs: number;
  /** Whose snapshots were waited for long enough: by any worker, before any table. */
  readonly givenUpOn: Set<string>;
}

/** Returns when every range of the task is done, by whomever. */
export async function walk(options: WalkOptions): Promise<void> {
  const { task, session, gate } = options;
  const walker = new Walker(options);
  for (;;) {
    await gate.pass();
    const range = await session.run((open) => takeBlocks(open, task.id));
    if (range) await walker.throughRange(range);
    else if (await session.run(({ query }) => allRangesDone(query, task.id)))
      return gate.remark(walker, undefined);
    else await pause(LOOK_AGAIN_MS);
  }
}

class Walker {
  private readonly blocks: BatchSize;
  constructor(private readonly options: WalkOptions) {
    const { firstBatchBlocks: first } = options;
    this.blocks = new BatchSize({ first, least: first * LEAST_SHARE, most: first * MOST_SHARE });
  }

  /** To its end, or until it turns out to be somebody else's. */
  async throughRange(range: TakenBlocks): Promise<void> {
    const { session, task, gate } = this.options;
    let deadSince: string | undefined;
    let from: TakenBlocks | undefined = range;
    while (from) {
      await gate.pass();
      const to = nextPlace(from, this.blocks.current, task.passes);
      const begun: TakenBlocks = from;
      if (!(await session.run((open) => this.batch(open, begun, to)))) return;
      // What the first batch of a pass leaves dead is the first that the next pass needs the room of.
      if (begun.at === begun.fromBlock) {
        deadSince = await session.run(({ query }) => newestTransaction(query));
      }
      if (to.pass !== begun.pass && !to.isDone && deadSince !== undefined)
        await this.waitUntilDead(deadSince);
      from = to.isDone ? undefined : { ...begun, pass: to.pass, at: to.at };
    }
  }

  /** @returns false when the range is not this session's any more, or further than it knew */
  private async batch(open: OpenSession, from: TakenBlocks, to: NextPlace): Promise<boolean> {
    const { task, statements } = this.options;
    const parameters = [
      ...[task.id, from.position, from.pass, from.at, open.identity, to.at, to.pass, to.isDone],
      ...[`(${from.at},0)`, `(${to.endBlock},0)`, task.passes - 1],
    ];
    const startedAt = performance.now();
    const rows = await withoutWaiting(
      () => open.query<{ rows: number }>(statements.batch, parameters),
      () => open.query<{ rows: number }>(statements.batchAround, parameters),
    );
    if (rows.length === 0) return false;
    this.blocks.adapt(performance.now() - startedAt, this.options.targetBatchMs());
    return true;
  }

  /** So long as somebody could still see what the pass before replaced, the next one would find no room. Bounded. */
  private async waitUntilDead(xid: string): Promise<void> {
    const { session, gate, snapshotPatienceMs, givenUpOn, task } = this.options;
    const startedAt = performance.now();
    for (;;) {
      const holder = await session.run(({ query }) => holderOfSnapshot(query, xid));
      if (holder === undefined) return gate.remark(this, undefined);
      if (performance.now() - startedAt >= snapshotPatienceMs) givenUpOn.add(holder);
      if (givenUpOn.has(holder)) {
        return gate.remark(
          this,
          `${holder} has an old snapshot: ${task.table} is filled at half speed, and grows`,
        );
      }
      gate.remark(this, `waiting for ${holder}, whose snapshot is old`);
      await gate.pass();
      await pause(SNAPSHOT_POLL_MS);
    }
  }
}

interface NextPlace {
  readonly pass: number;
  readonly at: number;
  readonly isDone: boolean;
  /** Where the batch ends, not included. */
  readonly endBlock: number;
}

/** Where the range is after a batch of so many blocks. */
function nextPlace({ fromBlock, toBlock, pass, at }: TakenBlocks, blocks: number, passes: number): NextPlace {
  const endBlock = Math.min(at + blocks, toBlock);
  if (endBlock < toBlock) return { pass, at: endBlock, isDone: false, endBlock };
  const isDone = pass + 1 >= passes;
  return { pass: isDone ? pass : pass + 1, at: isDone ? toBlock : fromBlock, isDone, endBlock };
}

/** Rows that somebody else has locked are not waited for twice: the sweep comes back to them. */
export async function withoutWaiting<T>(work: () => Promise<T>, around: () => Promise<T>): Promise<T> {
  for (let next = work; ; next = around) {
    try {
      return await next();
    } catch (error) {
      if (!isRetryable(error)) throw error;
    }
  }
}
