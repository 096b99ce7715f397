/**
 * A lock that is held for a moment is no danger; one that is held while every row of a table is read is held for as long
 * as that takes, and everything that queues behind it waits, too.
 */
import type { Found, MigrationFacts, Rule } from './facts';
import { inMigration } from './migration-snippet';
import { accusedStatements } from './squawk-findings';
import { stalledInWords, workInWords } from './trace-facts';
import type { TableWork } from '../trace/migration-trace';

export const writesBlockedWhileScanning: Rule = {
  id: 'trace/writes-blocked-while-scanning',
  severity: 'error',
  find: ({ migrations }) =>
    migrations.flatMap((facts) => {
      const accused = accusedStatements(facts);
      return facts.trace.work
        .filter(
          ({ kind, stalled, statement }) =>
            kind !== 'rewrite' && stalled.length > 0 && !accused.has(statement),
        )
        .map((work) => foundIn(facts, work));
    }),
};

function foundIn(facts: MigrationFacts, work: TableWork): Found {
  return {
    in: facts,
    statement: work.statement,
    subject: work.table,
    message: `While ${workInWords(work)}, these wait: ${stalledInWords(work.stalled)}.`,
    fix: fixFor(facts, work),
  };
}

function fixFor({ trace, migration }: MigrationFacts, { stalled, statement }: TableWork): string {
  const sql = trace.statements[statement] ?? '';
  const earlier = stalled.filter((lock) => lock.statement !== statement);
  if (earlier.length === 0) {
    return 'Let the statement wait for what it needs in a migration that takes no such lock, or take the lock only after the rows were read.';
  }
  const culprits = [...new Set(earlier.map((lock) => trace.statements[lock.statement] ?? ''))].map(oneLine);
  return (
    `${culprits.join('\n')}\ntook the lock, which is held to the end of the transaction. Move this into a migration of its own ` +
    `(\`npx nx run ${migration.service}:migration-create --name ...\`):\n${inMigration(sql)}`
  );
}

function oneLine(sql: string): string {
  const line = sql.replace(/\s+/g, ' ').trim();
  return line.length > 120 ? `${line.slice(0, 117)}...` : line;
}
