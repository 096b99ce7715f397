/**
 * What a service tells the others about one kind of row: the name and the public state of an aggregate. Every event of it
 * carries that state whole, so a listener needs the newest event alone, and a snapshot is the same state asked for.
 */
import { defineEvent, type DataClass } from './event-contract';

export interface AggregateContract<State extends object = object> {
  /** Nx project name of the service that owns it. */
  readonly service: string;
  /** In the singular: `team`. */
  readonly aggregate: string;
  /** What the owner lets others know of one: class-validator's decorators, and nothing that JSON cannot hold. */
  readonly state: DataClass<State>;
}

/**
 * Its events are `defineEvent({ ...TEAM, verb: 'created', data: TeamState })`.
 * @throws RangeError for names that cannot stand in a subject
 */
export function defineAggregate<State extends object>({
  service,
  aggregate,
  state,
}: AggregateContract<State>): AggregateContract<State> {
  // An event's rules for names are an aggregate's: its events could not be declared otherwise.
  defineEvent({ service, aggregate, verb: 'created', data: state });
  return Object.freeze({ service, aggregate, state });
}
