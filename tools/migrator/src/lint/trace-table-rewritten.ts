/** A rewrite copies the whole table and all its indexes while nobody can read it: hours where a table is large. */
import type { Rule } from './facts';
import { inBatches, inMigration } from './migration-snippet';
import { plainName, readAlterTable, readColumn } from './read-statement';
import { accusedStatements } from './squawk-findings';
import { stalledInWords } from './trace-facts';

export const tableRewritten: Rule = {
  id: 'trace/table-rewritten',
  severity: 'error',
  find: ({ migrations }) =>
    migrations.flatMap((facts) => {
      const accused = accusedStatements(facts);
      return facts.trace.work
        .filter(({ kind, statement }) => kind === 'rewrite' && !accused.has(statement))
        .map(({ table, statement, stalled }) => ({
          in: facts,
          statement,
          subject: table,
          message: `${table} is written anew, row by row, with all its indexes, and until that is done these wait: ${stalledInWords(stalled)}.`,
          fix: fixFor(facts.trace.statements[statement] ?? '', table),
        }));
    }),
};

function fixFor(sql: string, table: string): string {
  if (/^\s*truncate\b/i.test(sql)) {
    return (
      `Delete the rows in batches: \`DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} LIMIT 5000)\` until none is ` +
      'left, in a migration with `static transaction = false;`.'
    );
  }
  const alter = readAlterTable(sql);
  const column = alter && readColumn(alter)?.column;
  if (!column)
    return `Find a way that leaves ${table} where it is; \`VACUUM FULL\` and \`CLUSTER\` have no place in a migration.`;
  const beside = `"${plainName(column)}_new"`;
  return [
    '// migration 1 of 2: a new column beside the old one, written by the application or a trigger from now on',
    inMigration(`ALTER TABLE ${alter.table} ADD COLUMN ${beside} ...`),
    '// migration 2 of 2: the rows that are there',
    inBatches(alter.table, `${beside} = ...`, `${beside} IS NULL`),
  ].join('\n');
}
