import type { DataSource } from 'typeorm';
import type { EventRegistry } from '../../events/event-registry';
import { readDelivery, type DeliveredEvent } from '../inbox/delivery';
import type { Subscription } from '../inbox/handlers';
import { runHandler } from '../inbox/run-handler';
import { OutboxError } from '../outbox-error';
import { DeadLetter, DeadLetterState } from '../tables/dead-letter.entity';

const LISTED = {
  ...{
    id: true,
    subject: true,
    source: true,
    aggregate: true,
    aggregateId: true,
    sequence: true,
    code: true,
  },
  ...{ error: true, attempts: true, state: true, diedAt: true, settledAt: true },
} as const;

/**
 * What a service could not process, and what becomes of it: an operator reads why, mends the cause, and replays or discards.
 *
 * A replayed event is handled after events that came after it. Handlers that keep the newest state alone pass it over, as
 * they should; `event.sequence` tells them.
 */
export class DeadLetters {
  constructor(
    private readonly dataSource: DataSource,
    private readonly registry: EventRegistry,
    private readonly subscriptions: readonly Subscription[],
  ) {}

  /** The oldest first; without their messages, which together may take half a gigabyte. */
  list(state: DeadLetterState, limit: number): Promise<Omit<DeadLetter, 'message'>[]> {
    return this.dataSource.manager.find(DeadLetter, {
      select: LISTED,
      where: { state },
      order: { diedAt: 'ASC', id: 'ASC' },
      take: limit,
    });
  }

  /**
   * Handles it once more, now. It stays open when that fails.
   * @throws OutboxError DEAD_LETTER_NOT_FOUND, REPLAY_FAILED
   */
  async replay(id: string): Promise<DeadLetter> {
    return this.dataSource.transaction(async (manager) => {
      const letter = await this.open(id, manager);
      const { subscription, event } = this.understood(letter);
      try {
        const understood = this.registry.read(event.envelope.type, event.envelope.data);
        await runHandler(manager, subscription, event, understood);
      } catch (error) {
        throw replayFailed(letter, error instanceof Error ? error.message : String(error), error);
      }
      return manager.save(settled(letter, DeadLetterState.Replayed));
    });
  }

  /** It will not be processed any more. @throws OutboxError DEAD_LETTER_NOT_FOUND */
  discard(id: string): Promise<DeadLetter> {
    return this.dataSource.transaction(async (manager) =>
      manager.save(settled(await this.open(id, manager), DeadLetterState.Discarded)),
    );
  }

  private async open(id: string, manager = this.dataSource.manager): Promise<DeadLetter> {
    const letter = await manager.findOne(DeadLetter, {
      where: { id, state: DeadLetterState.Open },
      lock: { mode: 'pessimistic_write' },
    });
    if (letter) return letter;
    throw new OutboxError(
      'DEAD_LETTER_NOT_FOUND',
      `there is no open dead letter ${id}; list them to see which there are.`,
    );
  }

  private understood(letter: DeadLetter): { subscription: Subscription; event: DeliveredEvent } {
    const subscription = this.subscriptions.find(({ source, aggregate }) =>
      letter.subject.startsWith(`${source}.${aggregate}.`),
    );
    if (!subscription) throw replayFailed(letter, `this service does not listen to ${letter.subject}`);
    const read = readDelivery(subscription, { message: letter.message, subject: letter.subject });
    if ('envelope' in read) return { subscription, event: read };
    throw replayFailed(letter, read.error);
  }
}

function settled(letter: DeadLetter, state: DeadLetterState): DeadLetter {
  return Object.assign(letter, { state, settledAt: new Date() });
}

function replayFailed({ id }: DeadLetter, problem: string, cause?: unknown): OutboxError {
  return new OutboxError('REPLAY_FAILED', `the dead letter ${id} failed again and stays: ${problem}`, {
    cause,
  });
}
