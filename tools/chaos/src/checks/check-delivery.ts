/** Pure: whether every event reached every subscriber, from the triggers' record of what was written and what was processed. */
import type { Counter, ProcessedStep, ServiceEvidence } from './evidence';
import type { Finding } from './finding';

/** @param strangers aggregate ids that only the test itself published about: no owner has them */
export function checkDelivery(
  services: readonly ServiceEvidence[],
  strangers: ReadonlySet<string> = new Set(),
): Finding[] {
  return services.flatMap((owner) => [
    ...checkNumbering(owner),
    ...services.flatMap((listener) => checkArrival(owner, listener, strangers)),
  ]);
}

/** The owner's side: 1, 2, 3, ... for each aggregate id, as far as its counter says. */
function checkNumbering({ service, written, counters }: ServiceEvidence): Finding[] {
  const sequences = grouped(written, ({ aggregate, aggregateId }) => `${aggregate} ${aggregateId}`);
  return counters.flatMap(({ aggregate, aggregateId, lastSequence }) => {
    const found = (sequences.get(`${aggregate} ${aggregateId}`) ?? []).map(({ sequence }) => sequence);
    const sorted = [...found].sort((a, b) => a - b);
    if (sorted.length === lastSequence && sorted.every((sequence, index) => sequence === index + 1))
      return [];
    return [
      {
        promise: 'nothing-lost' as const,
        about: `${service}, ${aggregate} ${aggregateId}`,
        detail: `its events should be numbered 1 to ${lastSequence} without a gap, and are ${sorted.join(', ')}`,
      },
    ];
  });
}

function checkArrival(
  owner: ServiceEvidence,
  listener: ServiceEvidence,
  strangers: ReadonlySet<string>,
): Finding[] {
  const awaited = new Map<string, Counter>();
  for (const { aggregate, aggregateId, sequence, awaiting } of owner.written) {
    if (!awaiting.includes(listener.service)) continue;
    const key = `${aggregate} ${aggregateId}`;
    const lastSequence = Math.max(sequence, awaited.get(key)?.lastSequence ?? 0);
    awaited.set(key, { aggregate, aggregateId, lastSequence });
  }
  const reached = new Map<string, Counter>();
  for (const counter of listener.inboxCounters) {
    if (counter.source === owner.service) reached.set(`${counter.aggregate} ${counter.aggregateId}`, counter);
  }
  const steps = grouped(
    listener.processed.filter(({ source }) => source === owner.service),
    ({ aggregate, aggregateId }) => `${aggregate} ${aggregateId}`,
  );

  const lost = [...awaited].flatMap(([key, { lastSequence }]) => {
    const has = reached.get(key)?.lastSequence ?? 0;
    if (has === lastSequence && isCovered(steps.get(key) ?? [], lastSequence)) return [];
    const detail = `the owner wrote ${lastSequence} event(s) and the listener processed up to ${has}: ${told(steps.get(key) ?? [])}`;
    return [{ promise: 'nothing-lost' as const, about: about(owner, listener, key), detail }];
  });
  const invented = [...reached]
    .filter(([key, { aggregateId }]) => !awaited.has(key) && !strangers.has(aggregateId))
    .map(([key, { lastSequence }]) => ({
      promise: 'nothing-lost' as const,
      about: about(owner, listener, key),
      detail: `the listener processed up to ${lastSequence}, and the owner never wrote an event of it`,
    }));
  return [...lost, ...invented];
}

/** Whether every number from 1 on is in one of the steps. */
function isCovered(steps: readonly ProcessedStep[], lastSequence: number): boolean {
  let reached = 0;
  for (const { before, after } of steps) if (before <= reached) reached = Math.max(reached, after);
  return reached >= lastSequence;
}

function told(steps: readonly ProcessedStep[]): string {
  return steps.length === 0 ? 'no step' : steps.map(({ before, after }) => `${before}>${after}`).join(', ');
}

function about(owner: ServiceEvidence, listener: ServiceEvidence, key: string): string {
  return `${owner.service} to ${listener.service}, ${key}`;
}

export function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
