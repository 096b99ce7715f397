/** What verifying found out, as plain JSON. */

export type Verdict =
  /** `down` brings back the schema and every value that `up` kept. */
  | 'reversible'
  /** The schema comes back, some values do not. */
  | 'lossy'
  /** `down` does nothing or refuses. */
  | 'irreversible'
  | 'failed'
  /** One that it builds on failed, or its file is left over from before a squash. */
  | 'not-verified';

export interface MigrationVerdict {
  readonly migration: string;
  /** Relative to the workspace root. */
  readonly file: string;
  readonly verdict: Verdict;
  /** What has to be mended; the verb fails while there is any. */
  readonly errors: readonly string[];
  /** What somebody should know before it runs for real. */
  readonly notes: readonly string[];
  /** What `down` takes away with all that was written to it since: tables and columns that `up` had added. */
  readonly goesWithDown: readonly string[];
  readonly durationMs: number;
}

/** Whether a squash and what it replaces make the same database. */
export interface SquashVerdict {
  readonly migration: string;
  readonly file: string;
  /** Of the database that the squash alone makes, from the one that the replaced migrations make. */
  readonly differences: readonly string[];
  readonly durationMs: number;
}

/** One service's result. */
export interface Verification {
  readonly service: string;
  readonly migrations: readonly MigrationVerdict[];
  readonly squashes: readonly SquashVerdict[];
  /** Of the schema after the last migration, from the entities'; null when they were not compared. */
  readonly entities: readonly string[] | null;
  /** Tables for which no synthetic rows were found, so that nothing was proven on them. */
  readonly withoutRows: readonly { readonly table: string; readonly reason: string }[];
  readonly durationMs: number;
}

export function isVerified({ migrations, squashes, entities }: Verification): boolean {
  return (
    migrations.every(({ errors }) => errors.length === 0) &&
    squashes.every(({ differences }) => differences.length === 0) &&
    (entities ?? []).length === 0
  );
}
