/** The promises of a run, each with the words of the table. */
export const PROMISES = {
  'acknowledged-writes': 'every acknowledged write is there, and nothing that was refused',
  'nothing-lost': 'every event arrived at every subscriber',
  'nothing-twice': 'no event was processed twice, and the order of each aggregate was kept',
  'nothing-left': 'nothing is left in an outbox or an inbox, and no dead letter that was not provoked',
  'read-models': "read models equal their owners' rows, column by column",
  sagas: 'every saga finished or was wholly compensated',
  'stayed-up': 'no service and no relay ended by itself, and the platform became quiet in time',
} as const;

export type PromiseName = keyof typeof PROMISES;

/** A promise that was not kept, about one thing. */
export interface Finding {
  readonly promise: PromiseName;
  /** What it is about: `training-service, team 019a...`. */
  readonly about: string;
  readonly detail: string;
}
