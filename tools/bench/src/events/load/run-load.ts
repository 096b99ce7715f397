import { closedLoop } from './closed-loop';
import type { Load, Write, Written } from './load';
import { steadyRate } from './steady-rate';

export function runLoad(load: Load, seconds: number, write: Write): Promise<Written> {
  return load.kind === 'closed'
    ? closedLoop(load.writers, seconds, write)
    : steadyRate(load.perSecond, seconds, write);
}
