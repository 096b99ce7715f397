/** How a class of a service says what its rows are to others. */
import { SetMetadata } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AggregateContract } from '../events/aggregate-contract';

export interface SnapshotQuery {
  /** Only ids above this one, in the order of the ids. */
  readonly after?: string;
  /** Only these ids. */
  readonly ids?: readonly string[];
  readonly limit: number;
}

export interface SnapshotRow<State extends object = object> {
  readonly aggregateId: string;
  readonly data: State;
}

export type SnapshotReader<State extends object = object> = (
  manager: EntityManager,
  query: SnapshotQuery,
) => Promise<readonly SnapshotRow<State>[]>;

export const SNAPSHOT_OF = 'hockey-hub:snapshot-of';

/** A method that reads rows of an aggregate as its events carry them, by one query and in the order of their ids. */
export function SnapshotOf<State extends object>(
  aggregate: AggregateContract<State>,
): <Method extends SnapshotReader<State>>(
  target: object,
  property: string | symbol,
  descriptor: TypedPropertyDescriptor<Method>,
) => void {
  return SetMetadata(SNAPSHOT_OF, aggregate) as ReturnType<typeof SnapshotOf<State>>;
}
