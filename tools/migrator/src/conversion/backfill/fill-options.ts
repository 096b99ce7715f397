import { HEALTH_LIMITS, type HealthLimits } from './health';
import type { OnProgress } from './monitor';

/** How a fill goes about it. Everything may be left out. */
export interface FillOptions {
  /** As many as the conversion's settings say. */
  readonly workers?: number;
  readonly limits?: HealthLimits;
  /** How long one old snapshot is waited for before a pass; a minute. */
  readonly snapshotPatienceMs?: number;
  /** How long rows that somebody keeps locked are waited for, when nothing else is left to do; ten minutes. */
  readonly lockedRowsPatienceMs?: number;
  readonly onProgress?: OnProgress;
}

export const FILL_DEFAULTS = {
  limits: HEALTH_LIMITS,
  snapshotPatienceMs: 60_000,
  lockedRowsPatienceMs: 600_000,
  onProgress: () => undefined,
} as const satisfies FillOptions;
