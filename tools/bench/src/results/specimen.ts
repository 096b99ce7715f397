/** Results with round numbers, for the specs of this folder. */
import type { CaseName } from '../cases';
import type { ContenderName } from '../contenders/contender';
import type { CaseResult, MigratorResults, Sample } from './model';

type Times = Partial<Record<ContenderName, readonly Partial<Sample>[]>>;

export function caseResult(name: CaseName, contenders: Times): CaseResult {
  return {
    name,
    services: 2,
    migrations: 3,
    contenders: Object.entries(contenders).map(([contender, samples]) => ({
      name: contender as ContenderName,
      samples: samples.map((sample) => ({ wallMs: 0, serverMs: 0, ...sample })),
    })),
  };
}

export function results(...cases: CaseResult[]): MigratorResults {
  return {
    measuredAt: '2030-01-02T03:04:05.000Z',
    rounds: 3,
    machine: {
      processor: 'Abacus',
      cores: 2,
      memoryGiB: 8,
      system: 'linux 6 x64',
      versions: { node: '20.20.2', postgres: '18.4' },
    },
    cases,
  };
}
