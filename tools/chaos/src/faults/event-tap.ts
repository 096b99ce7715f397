/**
 * The test's own ear and voice on NATS: hears every event as it is published, and can publish it again. Its connection goes
 * through no proxy and comes back by itself. Owns no stream and no consumer, so it holds nothing up.
 */
import { connect, headers, type NatsConnection, type Subscription } from 'nats';
import { randomUUID } from 'node:crypto';
import { SERVICES } from '../world/topology';

export interface HeardEvent {
  readonly subject: string;
  readonly bytes: Uint8Array;
}

/** As many as there can be work about at one time, and then some. */
const REMEMBERED = 5_000;
const ACKNOWLEDGEMENT_MS = 3_000;
const OWN_HEADER = 'Chaos';

export class EventTap {
  private readonly heard: HeardEvent[] = [];
  private total = 0;

  private constructor(private readonly connection: NatsConnection) {
    for (const service of SERVICES) void this.listen(connection.subscribe(`${service}.>`));
  }

  static async open(url: string): Promise<EventTap> {
    const { host, username, password } = new URL(url);
    return new EventTap(
      await connect({
        ...{ servers: host, user: username, pass: password, name: 'chaos' },
        ...{ maxReconnectAttempts: -1, reconnectTimeWait: 100, pingInterval: 2_000 },
      }),
    );
  }

  /** How many events were heard so far; those that the test itself published do not count. */
  get count(): number {
    return this.total;
  }

  /** What is remembered of the events heard since `count` was this; all of them when it is left out. */
  since(count = 0): HeardEvent[] {
    const missed = this.total - this.heard.length;
    return this.heard.slice(Math.max(count - missed, 0));
  }

  /**
   * Publishes under message ids of its own, so that the stream takes them for new.
   * @returns how many of them the stream acknowledged: it may be away
   */
  async publish(events: readonly HeardEvent[]): Promise<number> {
    const stream = this.connection.jetstream();
    const mark = headers();
    mark.set(OWN_HEADER, 'yes');
    let acknowledged = 0;
    for (const { subject, bytes } of events) {
      const published = stream.publish(subject, bytes, {
        ...{ msgID: randomUUID(), headers: mark, timeout: ACKNOWLEDGEMENT_MS },
      });
      // One after the other: what the stream gets in another order was not shuffled by us.
      const [outcome] = await Promise.allSettled([published]);
      if (outcome.status === 'rejected') return acknowledged;
      acknowledged++;
    }
    return acknowledged;
  }

  /** Takes everything out of the streams that is in them. A stream that is not there has nothing. */
  async purge(): Promise<void> {
    const outcomes = await Promise.allSettled([
      this.connection.jetstreamManager({ timeout: ACKNOWLEDGEMENT_MS }),
    ]);
    const [manager] = outcomes;
    if (manager.status === 'rejected') return;
    await Promise.allSettled(SERVICES.map((service) => manager.value.streams.purge(service)));
  }

  async close(): Promise<void> {
    await this.connection.close();
  }

  private async listen(subscription: Subscription): Promise<void> {
    for await (const { subject, data, headers: told } of subscription) {
      if (told?.has(OWN_HEADER)) continue;
      this.total++;
      this.heard.push({ subject, bytes: Uint8Array.from(data) });
      if (this.heard.length > REMEMBERED) this.heard.shift();
    }
  }
}
