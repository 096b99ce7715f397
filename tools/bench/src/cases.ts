/** What is measured: the situations a migrator is run in. The contenders are in `contenders/`. */
import type { ContenderName } from './contenders/contender';

export interface BenchCase {
  readonly title: string;
  /** `own`: the services of this workspace. `synthetic`: those that `synthetic/` writes. */
  readonly services: 'own' | 'synthetic';
  /** Whether every contender gets empty databases; otherwise all of them get databases that are up to date. */
  readonly pending: boolean;
  readonly contenders: readonly ContenderName[];
}

export type CaseName = 'empty' | 'nothing-pending' | 'ten-services';

export const CASES: Readonly<Record<CaseName, BenchCase>> = {
  empty: {
    title: 'Empty databases',
    services: 'own',
    pending: true,
    contenders: ['nx', 'cli', 'cli-in-sequence', 'typeorm', 'floor'],
  },
  'nothing-pending': {
    title: 'Nothing pending',
    services: 'own',
    pending: false,
    contenders: ['nx', 'cli', 'typeorm', 'floor', 'nx-noop'],
  },
  'ten-services': {
    title: 'Ten services with 30 migrations each',
    services: 'synthetic',
    pending: true,
    contenders: ['nx', 'cli', 'cli-in-sequence', 'typeorm', 'floor'],
  },
};
