import { LegacyError } from './legacy-error';
import type { RunSql } from './run-sql';

/** Rows that went in, and rows that came out; both as what follows FROM. */
export interface CountProof {
  /** `users with the id they had` */
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

/**
 * Counts what came out against what went in, in the transaction that moved it: if anything is missing, nothing happened.
 * @throws LegacyError LEGACY_ROWS_LOST
 */
export async function proveCounts(
  run: RunSql,
  service: string,
  proofs: readonly CountProof[],
): Promise<void> {
  for (const { what, expected, found } of proofs) {
    const [counted] = (await run(
      `SELECT (SELECT count(*) FROM ${expected}) AS "expected", (SELECT count(*) FROM ${found}) AS "found"`,
    )) as [{ expected: string; found: string }];
    if (counted.expected === counted.found) continue;
    throw new LegacyError(
      'LEGACY_ROWS_LOST',
      `${service}: ${counted.expected} ${what} were to come out of the legacy rows, and ${counted.found} did. Nothing was changed. ` +
        'This is an error of the migration: report it with these numbers.',
    );
  }
}
