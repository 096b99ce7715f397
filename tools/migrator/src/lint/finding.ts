/** What a rule says about a migration. Plain JSON: this is what `--format json` prints. */

/** An error fails the run, a warning does not. */
export type Severity = 'error' | 'warning';

export interface Finding {
  /** Id of the rule, prefixed by its family: `trace/table-rewritten`. */
  readonly rule: string;
  readonly severity: Severity;
  readonly service: string;
  /** Name of the migration's class. */
  readonly migration: string;
  /** Relative to the workspace root. */
  readonly file: string;
  /** From 1; null where the whole migration is meant, or the line is not known. */
  readonly line: number | null;
  /** The statement in question, as it was sent; null where none is. */
  readonly statement: string | null;
  /** What it is about, for suppressing this finding alone: `users`, `users.team_id`; null for the whole migration. */
  readonly subject: string | null;
  /** The danger and its consequence. */
  readonly message: string;
  /** What to do instead, to be pasted. */
  readonly fix: string;
}
