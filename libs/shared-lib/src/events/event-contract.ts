/**
 * What one version of an event is called and carries: the agreement between the service that publishes it and all that
 * listen. Owns names and data classes; how events travel is `outbox`.
 *
 * A contract that was published is never changed. What must change becomes the next version, which says how the old one's
 * data become its own; handlers know the newest alone.
 */
import type { DataClass } from '../validation/read-as';

export type { DataClass };

export interface EventContract<Data extends object = object> {
  /** Nx project name of the service that publishes it. */
  readonly service: string;
  /** What it is about, in the singular: `team`. All events of one aggregate keep their order. */
  readonly aggregate: string;
  /** What happened, in the past tense: `renamed`. */
  readonly verb: string;
  readonly version: number;
  readonly dataClass: DataClass<Data>;
  /** Where it comes from, when it is not the first version. */
  readonly upcast?: Upcast<Data>;
  /** `user-service.team.renamed.v1`: its type, and the subject that it is published on. */
  readonly subject: string;
}

export interface Upcast<Data extends object> {
  readonly from: EventContract;
  /** What the contract before calls `data`, as this one calls it. */
  readonly convert: (data: object) => Data;
}

export interface EventDeclaration<Data extends object> {
  readonly service: string;
  readonly aggregate: string;
  readonly verb: string;
  readonly data: DataClass<Data>;
}

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/**
 * The first version of an event.
 * @throws RangeError for names that cannot stand in a subject
 */
export function defineEvent<Data extends object>({
  service,
  aggregate,
  verb,
  data,
}: EventDeclaration<Data>): EventContract<Data> {
  for (const name of [service, aggregate, verb]) {
    if (!NAME.test(name)) {
      throw new RangeError(
        `"${name}" cannot stand in the subject of an event: use small letters and hyphens`,
      );
    }
  }
  return contract({ service, aggregate, verb, version: 1, dataClass: data });
}

/** The version after `previous`, and what its data become of the old ones. */
export function nextVersion<Old extends object, Data extends object>(
  previous: EventContract<Old>,
  data: DataClass<Data>,
  convert: (old: Old) => Data,
): EventContract<Data> {
  const { service, aggregate, verb, version } = previous;
  return contract({
    ...{ service, aggregate, verb, version: version + 1, dataClass: data },
    upcast: { from: previous, convert: convert as (old: object) => Data },
  });
}

function contract<Data extends object>(parts: Omit<EventContract<Data>, 'subject'>): EventContract<Data> {
  const { service, aggregate, verb, version } = parts;
  return Object.freeze({ ...parts, subject: `${service}.${aggregate}.${verb}.v${version}` });
}
