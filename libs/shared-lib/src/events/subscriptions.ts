/**
 * Which service listens to which aggregates: the one place where that is said. The owner keeps an event until each of its
 * subscribers has confirmed it; a listener needs handlers for every event of what it subscribes to, checked when it boots.
 */
import type { AggregateContract } from './aggregate-contract';
import { WORKOUT_SESSION } from './contracts/training-service';
import { ORGANIZATION, TEAM, TEAM_MEMBERSHIP, USER, USER_ID_MAPS } from './contracts/user-service';

/** By the service that listens. */
export type Subscriptions = Readonly<Record<string, readonly AggregateContract[]>>;

export const SUBSCRIPTIONS: Subscriptions = {
  'training-service': [ORGANIZATION, TEAM, USER, TEAM_MEMBERSHIP, USER_ID_MAPS.map, USER_ID_MAPS.pair],
  'user-service': [WORKOUT_SESSION],
};

/** The services that are told of every event of `aggregate`, by name and in their alphabetical order. */
export function subscribersOf(
  { service, aggregate }: Pick<AggregateContract, 'service' | 'aggregate'>,
  subscriptions: Subscriptions = SUBSCRIPTIONS,
): string[] {
  return Object.keys(subscriptions)
    .filter((listener) =>
      subscriptionsOf(listener, subscriptions).some(
        (other) => other.service === service && other.aggregate === aggregate,
      ),
    )
    .sort();
}

/** What `listener` is told of; nothing when it subscribes to nothing. */
export function subscriptionsOf(
  listener: string,
  subscriptions: Subscriptions = SUBSCRIPTIONS,
): readonly AggregateContract[] {
  return subscriptions[listener] ?? [];
}
