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
  readonly seed: number;
  /** Of the fault points, which share kills; chosen by their names, so that it is the same ones whenever the seed is the same. */
  readonly share: number;
  /** Fault points that have killed already. */
  readonly spared: readonly string[];
  /** The path of the record. */
  readonly record: string;
}

export interface FaultRecord {
  /** Every fault point that was passed, once, in order. */
  readonly seen: readonly string[];
  /** The one that killed; undefined when none did. */
  readonly died: string | undefined;
}

const PRELOAD = join(__dirname, 'die-at-statement.js');
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
    nodeArguments: ['--require', PRELOAD],
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
  const seen: string[] = [];
  let died: string | undefined;
  for (const line of lines.split('\n').filter((one) => one !== '')) {
    const told = JSON.parse(line) as { readonly seen?: string; readonly died?: string };
    if (told.seen !== undefined) seen.push(told.seen);
    died ??= told.died;
  }
  return { seen, died };
}
