/**
 * How writers talk to the services: over HTTP, to any replica that listens, with every request in the ledger before it
 * leaves and its answer before it is used.
 */
import type { RandomSource } from '@hockey-hub/seeded-random';
import { systemCodeOf, wordsOf } from '../errors';
import { outcomeOf, type Asked, type Outcome } from '../ledger/entries';
import type { Ledger } from '../ledger/ledger';
import type { ServiceName } from '../world/topology';
import type { World } from '../world/world';

/** Longer than a service waits for a lock (10 s), so that few requests stay open questions. */
const PATIENCE_MS = 15_000;

export type Request = Omit<Asked, 'kind' | 'number' | 'at' | 'process'> & {
  readonly service: ServiceName;
};

export interface Reply {
  readonly outcome: Outcome;
  readonly status?: number;
  readonly body?: Readonly<Record<string, unknown>>;
}

export type OutcomeCounts = Record<Outcome, number>;

export class Requests {
  readonly counts: OutcomeCounts = { done: 0, refused: 0, 'not-sent': 0, unknown: 0 };
  /** When a write was last acknowledged, by service; milliseconds since 1970. */
  readonly lastDoneAt = new Map<ServiceName, number>();

  constructor(
    private readonly world: World,
    private readonly ledger: Ledger,
    private readonly random: RandomSource,
    /** Gives up what is still waiting for an answer. */
    private readonly signal: AbortSignal,
  ) {}

  /** Never rejects. Without a replica that listens, nothing is sent and nothing is noted. */
  async send({ service, ...request }: Request): Promise<Reply> {
    const replicas = this.world.listening(service);
    if (replicas.length === 0) return { outcome: 'not-sent' };
    const replica = this.random.pick(replicas);
    const number = this.ledger.asked({ ...request, process: replica.plan.name });
    const reply = await this.exchange(number, `${replica.url}${request.path}`, request);
    this.counts[reply.outcome]++;
    if (reply.outcome === 'done') this.lastDoneAt.set(service, Date.now());
    return reply;
  }

  private async exchange(
    number: number,
    url: string,
    { method, body }: Pick<Request, 'method' | 'body'>,
  ): Promise<Reply> {
    try {
      const response = await fetch(url, {
        method,
        ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
        signal: AbortSignal.any([AbortSignal.timeout(PATIENCE_MS), this.signal]),
      });
      const text = await response.text();
      const { status } = response;
      const told = text === '' ? {} : (JSON.parse(text) as Readonly<Record<string, unknown>>);
      const { id, code } = told as { id?: string; code?: string };
      const entry = this.ledger.answered(number, {
        status,
        ...(status < 300 && id !== undefined && { id }),
        ...(status >= 400 && { code: code ?? 'none' }),
      });
      return { outcome: outcomeOf(entry), status, body: told };
    } catch (error) {
      const code = systemCodeOf(error);
      const kind = code === 'ECONNREFUSED' ? 'refused-connection' : 'silence';
      return { outcome: outcomeOf(this.ledger.notArrived(number, kind, code ?? wordsOf(error))) };
    }
  }
}
