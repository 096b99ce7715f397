/**
 * Makes what an owner says that its aggregates are now the state of affairs here, where it is news. Owns the transactions;
 * when to ask is join.ts's.
 */
import { Logger } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { isDatabaseAway } from '../../database/is-database-away';
import { readAs } from '../../validation/read-as';
import { writeDeadLetter } from '../dead-letters/write-dead-letter';
import { OutboxError } from '../outbox-error';
import type { Subscription } from './handlers';
import type { Progress } from './inbox';
import { dropPending, lockCounters, saveCounters } from './inbox-rows';
import type { SnapshotItem } from './on-event';

export interface TakeOverOptions {
  /** By the id and how far it is, once that cannot change any more; everything, when left out. */
  readonly isWanted?: (id: string, lastSequence: number) => boolean;
  /** To be done with the last of them. */
  readonly andThen?: (manager: EntityManager) => Promise<void>;
}

const logger = new Logger('TakeOver');

/**
 * All items in one transaction. If that fails, each in one of its own; one that cannot be taken over is a dead letter, and
 * holds up nobody: the next event of its id brings the whole state again.
 *
 * @throws what the database throws when it cannot be reached
 */
export async function takeOver(
  dataSource: DataSource,
  subscription: Subscription,
  items: readonly SnapshotItem[],
  { isWanted = () => true, andThen }: TakeOverOptions = {},
): Promise<Progress> {
  const take = (some: readonly SnapshotItem[], then?: TakeOverOptions['andThen']): Promise<Progress> =>
    dataSource.transaction(async (manager) => {
      const progress = await takeAll(manager, subscription, some, isWanted);
      await then?.(manager);
      return progress;
    });
  try {
    return await take(items, andThen);
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
  }
  const progress = new Map<string, number>();
  for (const item of items) {
    const taken = await orDeadLetter(dataSource, subscription, item, () => take([item]));
    for (const [id, sequence] of taken) progress.set(id, sequence);
  }
  await take([], andThen);
  return progress;
}

async function takeAll(
  manager: EntityManager,
  subscription: Subscription,
  items: readonly SnapshotItem[],
  isWanted: (id: string, lastSequence: number) => boolean,
): Promise<Progress> {
  const ids = items.map(({ aggregateId }) => aggregateId).sort();
  const counters = await lockCounters(manager, subscription, ids);
  const taken = new Map<string, number>();
  for (const item of items) {
    const { lastSequence } = counters.get(item.aggregateId)!;
    // A row that has had no event has the sequence 0, and so has an id that was never heard of.
    const isNews = item.sequence > lastSequence || lastSequence === 0;
    if (!isNews || !isWanted(item.aggregateId, lastSequence)) continue;
    await subscription.onSnapshot?.(checkedItem(subscription, item), manager);
    taken.set(item.aggregateId, item.sequence);
  }
  await saveCounters(manager, subscription, taken);
  await dropPending(manager, subscription, taken);
  return taken;
}

async function orDeadLetter(
  dataSource: DataSource,
  subscription: Subscription,
  item: SnapshotItem,
  take: () => Promise<Progress>,
): Promise<Progress> {
  try {
    return await take();
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    const { source, aggregate } = subscription;
    logger.error(`the state of ${source}.${aggregate} ${item.aggregateId} cannot be taken over`, error);
    const { aggregateId, sequence } = item;
    return dataSource.transaction(async (manager) => {
      await writeDeadLetter(manager, {
        ...{ subject: `${source}.${aggregate}.snapshot`, source, aggregate, aggregateId, sequence },
        ...{ message: Buffer.from(JSON.stringify(item)), code: 'SNAPSHOT_FAILED', attempts: 2 },
        error: error instanceof Error ? error.message : String(error),
      });
      const done = new Map([[aggregateId, sequence]]);
      await lockCounters(manager, subscription, [aggregateId]);
      await saveCounters(manager, subscription, done);
      await dropPending(manager, subscription, done);
      return done;
    });
  }
}

/** @throws OutboxError SNAPSHOT_INVALID */
function checkedItem({ source, aggregate, contract }: Subscription, item: SnapshotItem): SnapshotItem {
  if (item.data === null) return item;
  const read = readAs(contract.state, item.data);
  if (!read.faults) return { ...item, data: read.value };
  throw new OutboxError(
    'SNAPSHOT_INVALID',
    `${source} sent a state of ${aggregate} ${item.aggregateId} that is none: ${read.faults.join('; ')}. Do both services ` +
      'have the same version of the shared library?',
  );
}
