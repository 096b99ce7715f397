/** What can be wrong with rows of a legacy database, and what can be done about it. */

export interface LegacyChoice {
  /** `map-to` */
  readonly choice: string;
  /** What it does, for who has to choose. */
  readonly means: string;
  /** What its detail must be; no detail when left out. */
  readonly detail?: LegacyDetail;
}

export interface LegacyDetail {
  /** For who has to choose: `one of player, coach`. */
  readonly means: string;
  /** One that would do, for the statement to paste. */
  readonly example: string;
  readonly accepts: (detail: string) => boolean;
}

export interface LegacyCheck {
  /** `unknown-roles`; what decisions are filed under. */
  readonly kind: string;
  /** What is said of the rows after their number: `users whose role nobody knows`. */
  readonly what: string;
  /**
   * The rows, as a SELECT of four texts: what a decision can be about (the role, the e-mail; '' when only the whole kind), the row's
   * table, the row's id, and what to show of it. Never a secret. It can be run by hand.
   */
  readonly rows: string;
  /** The ways to decide. None: the rows are changed as `what` says, recorded, and stop nobody. */
  readonly choices: readonly LegacyChoice[];
  /** That an earlier migration has carried the decision out; here the rows are recorded, and stop nobody. */
  readonly isDecidedEarlier?: boolean;
}
