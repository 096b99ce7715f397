/** What a process that is to die at a fault point is told, and what it leaves behind. A file each: SIGKILL lets nobody say anything. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a statement is when its process dies; see die-at-statement.js. */
export type FaultMoment = 'before' | 'sent' | 'answered';

export interface FaultOrders {
  /** Part of every name: `UpdateReferences`. */
  readonly phase: string;
  /** By name of the database; statements to others are let through. */
  readonly services: Readonly<Record<string, string>>;
  /** Fault points that do not count: where earlier processes have been. */
  readonly passed: readonly string[];
  /** The process dies at the so-many-th fault point that counts, from 1; 0 for never. */
  readonly diesAt: number;
  /** The name of a database that no id map is copied from; see owner-out-of-reach.js. */
  readonly hidden?: string;
  /** The path of the record. */
  readonly record: string;
}

export interface FaultRecord {
  /** The fault points that counted, in order; the last one is the one that killed, if one did. */
  readonly passed: readonly string[];
  /** Undefined when none killed. */
  readonly died: string | undefined;
}

const DIE = join(__dirname, 'die-at-statement.js');
const HIDE = join(__dirname, 'owner-out-of-reach.js');
const NOBODY_SPOKE = 'ENOENT';

export interface ArmedProcess {
  readonly nodeArguments: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** When the process has ended. */
  read(): Promise<FaultRecord>;
  /** Removes the files. */
  dispose(): Promise<void>;
}

/** What a process is started with so that it dies as ordered. The caller disposes of it. */
export async function armProcess(orders: Omit<FaultOrders, 'record'>): Promise<ArmedProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'hockey-hub-fault-'));
  const [path, record] = [join(folder, 'orders.json'), join(folder, 'record.jsonl')];
  await writeFile(path, JSON.stringify({ ...orders, record } satisfies FaultOrders));
  return {
    nodeArguments: [...(orders.hidden ? ['--require', HIDE] : []), '--require', DIE],
    env: { FAULT_ORDERS: path },
    read: () => readRecord(record),
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
}

async function readRecord(path: string): Promise<FaultRecord> {
  const lines = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    // It ended before it sent a statement.
    if (error.code === NOBODY_SPOKE) return '';
    throw error;
  });
  const passed: string[] = [];
  let died: string | undefined;
  for (const line of lines.split('\n').filter((one) => one !== '')) {
    const told = JSON.parse(line) as { readonly passed?: string; readonly died?: string };
    if (told.passed !== undefined) passed.push(told.passed);
    died ??= told.died;
  }
  return { passed, died };
}
