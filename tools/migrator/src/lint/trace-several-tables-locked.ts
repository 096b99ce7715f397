/**
 * A transaction that has stalled one table and queues for the next keeps the first stalled for as long as it queues, and
 * with an application that locks in the other order it deadlocks. One statement that locks two tables cannot be helped.
 */
import { stallsClients, strongestLocks } from '../trace/lock-modes';
import type { Rule } from './facts';
import { stalledInWords } from './trace-facts';

export const severalTablesLocked: Rule = {
  id: 'trace/several-tables-locked',
  severity: 'warning',
  find: ({ migrations }) =>
    migrations.flatMap((facts) => {
      if (!facts.trace.transaction) return [];
      const locks = strongestLocks(facts.trace.locks.filter(stallsClients));
      const statements = [...new Set(locks.map(({ statement }) => statement))].sort((a, b) => a - b);
      if (statements.length < 2) return [];
      return [
        {
          in: facts,
          statement: statements[1],
          message:
            `One transaction stalls several tables, one after the other: ${stalledInWords(locks)}. While it queues for the next, ` +
            'clients of those before wait, and an application that uses them in another order deadlocks with it.',
          fix: `Make it a migration for each table:\n${statements
            .map(
              (index) =>
                `npx nx run ${facts.migration.service}:migration-create --name ... // ${tablesOf(locks, index)}`,
            )
            .join('\n')}`,
        },
      ];
    }),
};

function tablesOf(locks: readonly { table: string; statement: number }[], statement: number): string {
  return locks
    .filter((lock) => lock.statement === statement)
    .map(({ table }) => table)
    .join(', ');
}
