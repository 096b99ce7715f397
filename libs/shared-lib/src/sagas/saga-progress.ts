/** How far a saga is, as it writes it down itself and as operators see it. */

export const SAGA_STATES = ['running', 'compensating', 'stuck', 'finished', 'compensated'] as const;

/**
 * - `running`: forward, including waiting for a service that is away
 * - `compensating`: taking back what was done, because a step was refused or an operator cancelled
 * - `stuck`: it waits for an operator; `problem` says for what
 * - `finished`: all steps are done
 * - `compensated`: whatever was done is taken back; `reason` says why
 */
export type SagaState = (typeof SAGA_STATES)[number];

export type StepState = 'pending' | 'doing' | 'done' | 'refused' | 'undoing' | 'undone' | 'nothing-to-undo';

export interface StepProgress {
  readonly name: string;
  state: StepState;
  /** How often it was sent, and its taking back too. */
  attempts: number;
  undoAttempts: number;
  /** Why the last attempt failed. */
  error?: string;
  /** When the next attempt is due, ISO 8601. */
  nextAttemptAt?: string;
}

/** Why a saga is taken back. */
export type SagaReason =
  | { readonly kind: 'refused'; readonly step: string; readonly code: string; readonly message: string }
  | { readonly kind: 'cancelled' };

/** What a stuck saga waits for. */
export interface SagaProblem {
  readonly step: string;
  /** `COMPENSATION_REFUSED`, `REFUSED_AFTER_PIVOT`, `UNANSWERED`, or a CommandErrorCode. */
  readonly code: string;
  readonly message: string;
}

export interface SagaProgress {
  state: SagaState;
  readonly steps: StepProgress[];
  /** Whether the step that cannot be taken back was sent. */
  isPastPivot: boolean;
  reason?: SagaReason;
  problem?: SagaProblem;
  result?: object;
}

/** What an operator tells a saga. */
export type SagaOrder = 'retry' | 'cancel';
