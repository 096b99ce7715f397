/** Every row that a transaction changes stays locked until it commits, and an update of all of them doubles the table. */
import type { MigrationFacts, Rule } from './facts';
import { inBatches } from './migration-snippet';
import { accusedStatements } from './squawk-findings';

export const unbatchedUpdate: Rule = {
  id: 'trace/unbatched-update',
  severity: 'warning',
  find: ({ migrations }) =>
    migrations.flatMap((facts) => {
      const accused = accusedStatements(facts);
      return facts.trace.work
        .filter(({ kind, stalled }) => kind === 'update' && stalled.length === 0)
        .filter(({ statement }) => !accused.has(statement) && !isBatch(facts, statement))
        .map(({ table, statement }) => ({
          in: facts,
          statement,
          subject: table,
          message:
            `One statement goes through every row of ${table} and changes rows. What it changed stays locked until the transaction ` +
            'ends, and clients that change the same rows wait.',
          fix: inBatches(table, '...', '...'),
        }));
    }),
};

/** On a few synthetic rows a batch is all of them. */
function isBatch({ trace }: MigrationFacts, statement: number): boolean {
  return !trace.transaction && /\blimit\b/i.test(trace.statements[statement] ?? '');
}
