import type { PhaseName } from '../../trial/phases';
import type { KillKind } from '../schedule/kills';

/** A kill that happened, or that came too late: the phase was over by then. */
export interface CarriedOutKill {
  readonly run: number;
  readonly phase: PhaseName;
  readonly kind: KillKind;
  /** The name of a fault point, or the time after the start. */
  readonly where: string;
  readonly outcome: 'killed' | 'too late';
  /** When that was known: milliseconds since 1970. */
  readonly atMs: number;
}
