/** What the migrator promises to be, as ratios of medians. */
import type { CaseName } from './cases';
import type { ContenderName } from './contenders/contender';
import type { Goal } from './results/goals';

export const MIGRATOR_GOALS: readonly Goal<CaseName, ContenderName>[] = [
  {
    case: 'ten-services',
    title: 'ten services: TypeORM CLI / ours through Nx',
    measure: 'wallMs',
    of: 'typeorm',
    to: 'nx',
    atLeast: 3,
  },
  {
    case: 'ten-services',
    title: 'ten services: TypeORM CLI / our command line',
    measure: 'wallMs',
    of: 'typeorm',
    to: 'cli',
    atLeast: 5,
  },
  {
    case: 'ten-services',
    title: 'ten services: time in the database, ours / floor',
    measure: 'applyingMs',
    of: 'cli-in-sequence',
    to: 'floor',
    atMost: 1.3,
  },
  {
    case: 'nothing-pending',
    title: 'nothing pending: ours through Nx / `nx run` of an empty target',
    measure: 'wallMs',
    of: 'nx',
    to: 'nx-noop',
    atMost: 1.5,
  },
];
