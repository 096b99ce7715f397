import type { UnconfirmedEvent } from './fate-of';
import type { AwaitingEvent } from './unconfirmed';

/** Events of one aggregate that one listener has not confirmed, the oldest first. */
export interface UnconfirmedGroup {
  readonly listener: string;
  readonly aggregate: string;
  readonly events: readonly UnconfirmedEvent[];
}

/** An event that awaits several is in the group of each. */
export function groupByListener(events: readonly AwaitingEvent[]): UnconfirmedGroup[] {
  const groups = new Map<string, { listener: string; aggregate: string; events: UnconfirmedEvent[] }>();
  for (const event of events) {
    const { aggregate, awaiting } = event;
    for (const listener of awaiting) {
      const key = `${listener} ${aggregate}`;
      const group = groups.get(key) ?? { listener, aggregate, events: [] };
      group.events.push(event);
      groups.set(key, group);
    }
  }
  return [...groups.values()];
}
