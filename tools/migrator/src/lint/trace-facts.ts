/** Pure: what rules ask of a trace, in words. */
import type { HeldLock, MigrationTrace, TableWork } from '../trace/migration-trace';

/** Whether a statement did work on a table while readers or writers of some table waited for it. */
export function stallsWhileWorking({ work }: MigrationTrace, statement: number): boolean {
  return work.some((done) => done.statement === statement && done.stalled.length > 0);
}

/** `reads and writes of users, writes of teams` */
export function stalledInWords(locks: readonly HeldLock[]): string {
  return locks.map(({ table, blocks }) => `${blocks} of ${table}`).join(', ');
}

const WORK_IN_WORDS: Readonly<Record<TableWork['kind'], (table: string) => string>> = {
  scan: (table) => `every row of ${table} is read`,
  update: (table) => `every row of ${table} is read and rows of it are changed`,
  rewrite: (table) => `${table} is written anew`,
  'foreign-key-check': (table) => `every row of ${table} is checked against another table`,
};

export function workInWords({ kind, table }: TableWork): string {
  return WORK_IN_WORDS[kind](table);
}
