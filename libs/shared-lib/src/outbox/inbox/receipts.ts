import { IsArray, IsString } from 'class-validator';
import type { NatsConnector } from '../../nats/nats-connector';
import { request } from '../../nats/requests';
import { BackgroundLoop, type Round } from '../background-loop';
import type { Subscription } from './handlers';
import type { Progress } from './inbox';

export const RECEIPTS = 'receipts';

/** What a listener has processed. */
export class ReceiptBody {
  @IsString()
  listener!: string;

  @IsString()
  aggregate!: string;

  /** Pairs of an id and the sequence up to and with which it is done. */
  @IsArray()
  upTo!: [string, number][];
}

const IDS_OF_A_REQUEST = 1_000;
const ANSWER_WITHIN_MS = 5_000;
/** More than that is forgotten: owners that are away so long ask by themselves when they come back. */
const MOST_WAITING = 50_000;
const IDLE_MS = 60_000;
/** Nobody waits for a receipt, and one takes as long as a thousand. */
const GATHER_MS = 100;

/**
 * Tells the owners of events what was processed here, in as few messages as there are at the time. Keeps nothing on disk: a
 * receipt that gets lost is asked for by the owner's reconciler.
 *
 * Each owner is told by a loop of its own: one that is away, or takes its time, holds up nobody.
 */
export class Receipts {
  private readonly owners = new Map<string, ReceiptsToOwner>();

  constructor(service: string, nats: NatsConnector, subscriptions: readonly Subscription[]) {
    for (const source of new Set(subscriptions.map((subscription) => subscription.source))) {
      this.owners.set(source, new ReceiptsToOwner(service, source, nats));
    }
  }

  start(): void {
    for (const owner of this.owners.values()) owner.start();
  }

  async stop(): Promise<void> {
    await Promise.all([...this.owners.values()].map((owner) => owner.stop()));
  }

  add({ source, aggregate }: Subscription, progress: Progress): void {
    this.owners.get(source)!.add(aggregate, progress);
  }
}

class ReceiptsToOwner {
  /** By aggregate, how far each id is. */
  private readonly waiting = new Map<string, Map<string, number>>();
  private readonly loop: BackgroundLoop;

  constructor(
    private readonly service: string,
    private readonly owner: string,
    private readonly nats: NatsConnector,
  ) {
    const pauses = { idleMs: IDLE_MS, gatherMs: GATHER_MS };
    const name = `${Receipts.name} ${owner}`;
    this.loop = new BackgroundLoop({ name, work: () => this.send(), ...pauses });
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  add(aggregate: string, progress: Progress): void {
    const upTo = this.waiting.get(aggregate) ?? new Map<string, number>();
    if (upTo.size > MOST_WAITING) upTo.clear();
    for (const [id, sequence] of progress) if (sequence > 0) upTo.set(id, sequence);
    this.waiting.set(aggregate, upTo);
    this.loop.wake();
  }

  private async send(): Promise<Round> {
    let hasSent = false;
    for (const [aggregate, upTo] of this.waiting) {
      const sent = [...upTo].slice(0, IDS_OF_A_REQUEST);
      if (sent.length === 0) continue;
      const body: ReceiptBody = { listener: this.service, aggregate, upTo: sent };
      await request(this.nats, { service: this.owner, name: RECEIPTS, timeoutMs: ANSWER_WITHIN_MS }, body);
      for (const [id, sequence] of sent) if (upTo.get(id) === sequence) upTo.delete(id);
      hasSent = true;
    }
    return hasSent ? 'more' : 'idle';
  }
}
