/**
 * What the test itself knows: every request before it is sent, and what became of it.
 *
 *     asked ──> answered (any status) | refused-connection (it cannot have arrived) | silence (nobody knows)
 */

/** What rows are about; the word that paths and checks have in common. */
export const SUBJECTS = [
  'organization',
  'team',
  'user',
  'team-membership',
  'workout-session',
  'workout-assignment',
  'saga',
] as const;
export type Subject = (typeof SUBJECTS)[number];

export type Fields = Readonly<Record<string, unknown>>;

export interface Asked {
  readonly kind: 'asked';
  /** Of the request, from 1; its answer has the same. */
  readonly number: number;
  readonly at: string;
  readonly writer: string;
  readonly action: 'create' | 'change' | 'delete';
  readonly subject: Subject;
  /** The row's; undefined for a row that is to be made. */
  readonly id?: string;
  /** How a row is found whose id was never told: a property and its value, which no other row has. */
  readonly mark?: readonly [property: string, value: string];
  readonly method: string;
  readonly path: string;
  readonly body?: Fields;
  /** What a row that is made has without being asked for it. */
  readonly implies?: Fields;
  /** Of a saga: the id of the row that it is to change. */
  readonly concerns?: string;
  /** The process that was asked. */
  readonly process: string;
}

export interface Answered {
  readonly kind: 'answered';
  readonly number: number;
  readonly at: string;
  readonly status: number;
  /** Of a problem. */
  readonly code?: string;
  /** Of a row that was made. */
  readonly id?: string;
}

export interface NotArrived {
  readonly kind: 'refused-connection' | 'silence';
  readonly number: number;
  readonly at: string;
  readonly reason: string;
}

export type LedgerEntry = Asked | Answered | NotArrived;

/** What a request did, as far as its answer tells. */
export type Outcome = 'done' | 'refused' | 'not-sent' | 'unknown';

export const OUTCOMES: readonly Outcome[] = ['done', 'refused', 'not-sent', 'unknown'];

/**
 * A 5xx is no refusal: the answer to the service's own COMMIT may be what was lost.
 * @param entry undefined where the ledger ends with the question
 */
export function outcomeOf(entry: Answered | NotArrived | undefined): Outcome {
  if (entry?.kind === 'refused-connection') return 'not-sent';
  if (entry?.kind !== 'answered') return 'unknown';
  if (entry.status < 300) return 'done';
  return entry.status < 500 ? 'refused' : 'unknown';
}
