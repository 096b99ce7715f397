/** What every verb is, to Nx and to the command line alike: options and services in, an exit code out. */
import type { MigratorConfig } from '../config';
import type { RunEvent } from '../model';
import type { Output } from '../output/output';

export interface Invocation<Options> {
  readonly config: MigratorConfig;
  /** The services asked for, by name. */
  readonly services: readonly string[];
  /** As the verb's schema.json says, defaults filled in. */
  readonly options: Options;
  readonly output: Output;
  /** Takes a run's events besides the output. */
  readonly onEvent?: (event: RunEvent) => void;
}

export interface VerbResult {
  /** 0 when all is well; the README lists the others. */
  readonly exitCode: number;
  /** Why a service failed, by service. */
  readonly failures: ReadonlyMap<string, string>;
}

export type Verb<Options> = (invocation: Invocation<Options>) => Promise<VerbResult>;

export const SUCCESS: VerbResult = { exitCode: 0, failures: new Map() };
