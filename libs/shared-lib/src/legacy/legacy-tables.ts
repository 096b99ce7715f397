/** What a legacy database gets before its conversion begins: where people write down what is to become of its rows. */
import { createLegacyDecisionsV1, dropLegacyDecisionsV1 } from './legacy-decisions';
import { createLegacyTeamCodesV1, dropLegacyTeamCodesV1 } from './legacy-team-codes';
import type { RunSql } from './run-sql';

/** Version 1 of the tables; a migration calls it, so this function never changes. */
export async function createLegacyTablesV1(run: RunSql): Promise<void> {
  await createLegacyDecisionsV1(run);
  await createLegacyTeamCodesV1(run);
}

export async function dropLegacyTablesV1(run: RunSql): Promise<void> {
  await dropLegacyTeamCodesV1(run);
  await dropLegacyDecisionsV1(run);
}
