/** Every rule of ours. Squawk's are in `squawk-rules.ts`. */
import { badSuppression, unusedSuppression } from './suppressions';
import type { Rule } from './facts';
import { SQUAWK_RULE_IDS } from './squawk-findings';
import { foreignKeyToAnotherService } from './structure-foreign-key-to-another-service';
import { futureTimestamp } from './structure-future-timestamp';
import { undeclaredReference } from './structure-undeclared-reference';
import { unindexedForeignKey } from './structure-unindexed-foreign-key';
import { unknownDependency } from './structure-unknown-dependency';
import { refusedByRows } from './trace-refused-by-rows';
import { severalTablesLocked } from './trace-several-tables-locked';
import { tableRewritten } from './trace-table-rewritten';
import { unbatchedUpdate } from './trace-unbatched-update';
import { writesBlockedWhileScanning } from './trace-writes-blocked-while-scanning';

export const RULES: readonly Rule[] = [
  foreignKeyToAnotherService,
  futureTimestamp,
  refusedByRows,
  severalTablesLocked,
  tableRewritten,
  unbatchedUpdate,
  undeclaredReference,
  unindexedForeignKey,
  unknownDependency,
  writesBlockedWhileScanning,
];

/** Ids that a migration may suppress; what is wrong with suppressions themselves is not among them. */
export const RULE_IDS: ReadonlySet<string> = new Set([...RULES.map(({ id }) => id), ...SQUAWK_RULE_IDS]);

export const SUPPRESSION_RULES = [badSuppression, unusedSuppression];
