import { setTimeout as pause } from 'node:timers/promises';
import type { MigratorError } from '../../errors';
import type { Query } from '../../pg/query';
import type { Shape, Twin } from '../twins';
import { PATIENCE_MS, type TwinProof } from './twin-proof';

const POLL_MS = 500;

/** Brings pairs that have been made meanwhile, where no events do, and fills what waits for them. */
export type CatchUp = () => Promise<unknown>;

/** What every column has to be found to be. */
export interface Requirement {
  look(query: Query, twin: Twin, shape: Shape): Promise<TwinProof>;
  isMet(found: TwinProof): boolean;
  /** Whether waiting is of no use. */
  isHopeless(found: TwinProof): boolean;
  failure(failed: readonly TwinProof[]): MigratorError | Promise<MigratorError>;
}

export interface Waiting {
  readonly catchUp: CatchUp;
  /** From the end of the first look on, which may take long. */
  readonly patienceMs?: number | undefined;
}

/**
 * Looks at columns while clients write, until each has been found as it has to be; at none again that has. Before each look it lets
 * come what is on its way: the column before may have taken minutes to read, in which clients wrote.
 * @throws MigratorError `failure` of those that are left: at once when one of them is hopeless, otherwise when the patience is over
 */
export async function untilMet(
  query: Query,
  twins: readonly Twin[],
  shape: Shape,
  requirement: Requirement,
  { catchUp, patienceMs = PATIENCE_MS }: Waiting,
): Promise<void> {
  let givesUpAt: number | undefined;
  for (let left = twins; ;) {
    const failed: { twin: Twin; found: TwinProof }[] = [];
    for (const twin of left) {
      await catchUp();
      const found = await requirement.look(query, twin, shape);
      if (!requirement.isMet(found)) failed.push({ twin, found });
    }
    if (failed.length === 0) return;
    const found = failed.map((one) => one.found);
    givesUpAt ??= Date.now() + patienceMs;
    if (found.some(requirement.isHopeless) || Date.now() >= givesUpAt) throw await requirement.failure(found);
    left = failed.map(({ twin }) => twin);
    await pause(POLL_MS);
  }
}
