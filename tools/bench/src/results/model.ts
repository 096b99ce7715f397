/** What is measured, as it stands in the JSON files of results/. Times are milliseconds where a name says nothing else. */
import type { Machine } from '@hockey-hub/recorded-runs';
import type { CaseName } from '../cases';
import type { ContenderName, Timing } from '../contenders/contender';

/** One run of one contender. */
export interface Sample extends Timing {
  /** How long the server worked in the services' databases, as it counts itself. */
  readonly serverMs: number;
}

export interface ContenderResult<Name extends string = ContenderName, OneRun = Sample> {
  readonly name: Name;
  /** In the order of the rounds. */
  readonly samples: readonly OneRun[];
}

export interface CaseResult {
  readonly name: CaseName;
  readonly services: number;
  readonly migrations: number;
  readonly contenders: readonly ContenderResult[];
}

/** One run of a bench. */
export interface BenchResults<Case> {
  /** ISO 8601. */
  readonly measuredAt: string;
  readonly rounds: number;
  readonly machine: Machine;
  readonly cases: readonly Case[];
}

export type MigratorResults = BenchResults<CaseResult>;
