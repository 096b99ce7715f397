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

interface Waiting {
  readonly subscription: Subscription;
  readonly upTo: Map<string, number>;
}

/**
 * Tells the owners of events what was processed here, in as few messages as there are at the time. Keeps nothing on disk: a
 * receipt that gets lost is asked for by the owner's reconciler.
 */
export class Receipts {
  private readonly waiting = new Map<string, Waiting>();
  private readonly loop: BackgroundLoop;

  constructor(
    private readonly service: string,
    private readonly nats: NatsConnector,
  ) {
    const pauses = { idleMs: IDLE_MS, gatherMs: GATHER_MS };
    this.loop = new BackgroundLoop({ name: Receipts.name, work: () => this.send(), ...pauses });
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  add(subscription: Subscription, progress: Progress): void {
    const key = `${subscription.source}.${subscription.aggregate}`;
    const known = this.waiting.get(key) ?? { subscription, upTo: new Map<string, number>() };
    if (known.upTo.size > MOST_WAITING) known.upTo.clear();
    for (const [id, sequence] of progress) if (sequence > 0) known.upTo.set(id, sequence);
    this.waiting.set(key, known);
    this.loop.wake();
  }

  /** An owner that is away does not keep the others from being told. */
  private async send(): Promise<Round> {
    const outcomes = await Promise.allSettled([...this.waiting.values()].map((one) => this.sendTo(one)));
    const failure = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failure) throw failure.reason;
    return outcomes.some((outcome) => outcome.status === 'fulfilled' && outcome.value) ? 'more' : 'idle';
  }

  /** @returns whether something was sent */
  private async sendTo({ subscription, upTo }: Waiting): Promise<boolean> {
    const { source, aggregate } = subscription;
    const sent = [...upTo].slice(0, IDS_OF_A_REQUEST);
    if (sent.length === 0) return false;
    const body: ReceiptBody = { listener: this.service, aggregate, upTo: sent };
    await request(this.nats, { service: source, name: RECEIPTS, timeoutMs: ANSWER_WITHIN_MS }, body);
    for (const [id, sequence] of sent) if (upTo.get(id) === sequence) upTo.delete(id);
    return true;
  }
}
