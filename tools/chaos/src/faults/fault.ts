/** What every fault gets to work with. A fault is one function: it begins, lasts, and is lifted when its promise resolves. */
import type { RandomSource } from '@hockey-hub/seeded-random';
import type { Client } from 'pg';
import type { World } from '../world/world';
import type { EventTap } from './event-tap';
import type { Provoked } from './provoked';

export interface FaultTools {
  readonly world: World;
  readonly random: RandomSource;
  readonly tap: EventTap;
  /** What the test publishes itself, for the checks. */
  readonly provoked: Provoked;
  /** What the schedule aims it at. */
  readonly target: string;
  /** For as long as it is to last; ends early when the run is broken off. */
  readonly last: () => Promise<void>;
  /** One after the other for the same resource: nobody can kill a server that another fault is just starting. */
  readonly alone: <T>(resource: string, work: () => Promise<T>) => Promise<T>;
  /** A session in a service's database that goes through no proxy. */
  readonly withDatabase: <T>(service: string, work: (client: Client) => Promise<T>) => Promise<T>;
}

export type Fault = (tools: FaultTools) => Promise<void>;
