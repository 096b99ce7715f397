/** Faults of delivery: events that come again, in another order, or that are none. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { SERVICES } from '../world/topology';
import { withDeafListeners } from './deaf-listeners';
import type { HeardEvent } from './event-tap';
import type { Fault } from './fault';

const AT_MOST = 150;
const LATE_MS = [100, 1_500] as const;

/** Some of the last and some of long ago, each of them twice or once more. */
export const redeliver: Fault = async ({ tap, random, provoked }) => {
  const all = tap.since();
  const chosen = [...all.slice(-AT_MOST / 3), ...random.shuffled(all).slice(0, AT_MOST / 3)];
  const twice = random.shuffled(chosen).slice(0, AT_MOST / 3);
  provoked.redeliveries += await tap.publish(random.shuffled([...chosen, ...twice]));
};

/**
 * Events gather in the streams while no listener hears of them, and are taken out again. Then some of them reach the
 * listeners, and a moment later the others, each time shuffled: later ones come before earlier ones, for the first time.
 */
export const reorder: Fault = async ({ world, tap, random, last, provoked }) => {
  let late: HeardEvent[] = [];
  await withDeafListeners(world, async () => {
    const from = tap.count;
    await last();
    await tap.purge();
    const gathered = random.shuffled(tap.since(from));
    late = gathered.splice(0, Math.floor(gathered.length / 2));
    provoked.reordered += await tap.publish(gathered);
  });
  await sleep(random.integer(...LATE_MS));
  provoked.reordered += await tap.publish(late);
};

/** No JSON, an event without what an event needs, a version and an event that nobody declared. */
export const publishMalformed: Fault = async ({ tap, random, provoked }) => {
  const service = random.pick(SERVICES);
  const aggregate = service === 'user-service' ? 'team' : 'workout-session';
  const aggregateId = randomUUID();
  const event = {
    ...{ specversion: '1.0', id: randomUUID(), source: `/${service}`, subject: aggregateId, sequence: '1' },
    ...{ time: new Date().toISOString(), datacontenttype: 'application/json', data: { chaos: aggregateId } },
  };
  const updated = `${service}.${aggregate}.updated.v1`;
  const unknownVersion = `${service}.${aggregate}.updated.v99`;
  const unknownEvent = `${service}.${aggregate}.exploded.v1`;
  const [subject, text] = random.pick([
    [updated, `no JSON: ${aggregateId}`],
    [updated, JSON.stringify({ ...event, type: updated, specversion: '0.1' })],
    [updated, JSON.stringify({ ...event, type: updated })],
    [unknownVersion, JSON.stringify({ ...event, type: unknownVersion })],
    [unknownEvent, JSON.stringify({ ...event, type: unknownEvent })],
  ] as const);
  const message: HeardEvent = { subject, bytes: new TextEncoder().encode(text) };
  provoked.messages.add(Buffer.from(message.bytes).toString('hex'));
  provoked.aggregateIds.add(aggregateId);
  await tap.publish([message]);
};
