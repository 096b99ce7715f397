/** The shapes that everything here has in common: who is measured, where, and what comes out. */
import type { Service } from '@hockey-hub/migrator/src/model';

/** Stable keys of the contenders, as in migrator.json. */
export type ContenderName = 'nx' | 'cli' | 'cli-in-sequence' | 'typeorm' | 'floor' | 'nx-noop';

/** A workspace on disk and its services, in dependency order. */
export interface BenchWorkspace {
  readonly root: string;
  readonly services: readonly Service[];
}

/** What a contender tells of one run, in milliseconds. */
export interface Timing {
  /** From the start of its first process (or connection) to the end of its last. */
  readonly wallMs: number;
  /** From each migration's BEGIN to its COMMIT as the contender itself saw it, summed; only where it tells. */
  readonly applyingMs?: number;
}

export interface Contender<Name extends string = ContenderName> {
  readonly name: Name;
  /** @throws BenchError CONTENDER_FAILED */
  run(): Promise<Timing>;
}

/** What a contender needs to know. */
export interface ContenderContext {
  readonly workspace: BenchWorkspace;
  /** Any database of the server; every service has its own on it. */
  readonly serverUrl: string;
}

/** For people. */
export const CONTENDER_TITLES: Readonly<Record<ContenderName, string>> = {
  nx: 'ours, `nx run-many -t migrate`',
  cli: 'ours, command line',
  'cli-in-sequence': 'ours, command line, `--parallel 1`',
  typeorm: 'TypeORM CLI, once per service',
  floor: 'floor: the SQL alone',
  'nx-noop': '`nx run` of an empty target',
};
