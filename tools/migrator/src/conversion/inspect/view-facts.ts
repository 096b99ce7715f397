/** The facts of one view or materialized view that reads a converted table. See facts.ts for how things are called. */
import type { Reads } from './facts';
import type { GrantFacts } from './table-facts';
import type { QueryPiece } from './view-query';

export interface ViewFacts {
  readonly name: string;
  readonly schema: string;
  /** Without its schema. */
  readonly relation: string;
  readonly isMaterialized: boolean;
  /** The query, without a semicolon. */
  readonly definition: string;
  /** The same in pieces, with the converted tables and the views of them apart, and without leaning on a primary key. */
  readonly pieces: readonly QueryPiece[];
  /** Whether it shows columns that its GROUP BY has not, because it has their table's primary key: it cannot be without that key. */
  readonly leansOnKey: boolean;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** What it reads itself: tables, views, columns. */
  readonly reads: Reads;
  /** `security_invoker=true`, `check_option=local`. */
  readonly options: readonly string[];
  /** Of a materialized view. */
  readonly indexes: readonly { readonly name: string; readonly definition: string }[];
  /** Of a materialized view: false after WITH NO DATA. */
  readonly isPopulated: boolean;
  /**
   * What else hangs on it, as the statements that give it back after it was made again: triggers, rules, defaults, comments,
   * privileges of others, options. In the order in which they can run. Its owner is not among them.
   */
  readonly attached: readonly string[];
  /** On the whole view, the owner's own left out. */
  readonly grants: readonly GrantFacts[];
  readonly owner: string;
  readonly isOwned: boolean;
}
