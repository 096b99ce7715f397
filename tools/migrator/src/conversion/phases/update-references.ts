/**
 * Phase 3: every reference gets its UUID, and everything that hangs on a number is made again on its UUID. Proven at the end:
 * every row, both ways.
 */
import { fillTwins } from '../backfill/fill-twins';
import { rebuildGrownIndexes } from '../backfill/grown-indexes';
import { dropCounterparts } from '../constraints/drop-counterparts';
import { makeCounterparts, makeKeyCounterparts } from '../constraints/make-counterparts';
import { isOwner } from '../declaration';
import { bringBackDangling, decideDangling } from '../proof/dangling';
import { requireProof } from '../proof/prove';
import { forgetTasks } from '../state/tasks';
import { twinsOf } from '../twins';
import { catchUp } from './catch-up';
import { databaseClock } from './database-clock';
import { phaseContext, type ConversionPhase } from './phase-context';
import { receiveIdMaps } from './receive-id-maps';

export const updateReferences: ConversionPhase = {
  /**
   * A service that refers has the whole id map first: a number whose pair has not come yet does not dangle.
   * @throws MigratorError DANGLING_REFERENCES before anything is filled; CONVERSION_NOT_PROVEN; CONVERSION_INCOMPLETE,
   *   CONVERSION_STALLED, FILL_FAILED, LOCK_NOT_OBTAINED
   */
  async up(conversion, queryRunner) {
    const phase = phaseContext(conversion, queryRunner);
    const { database, onProgress } = phase;
    const asOf = await databaseClock(database.query);
    await (isOwner(conversion) ? catchUp(phase)() : receiveIdMaps(phase));
    await decideDangling(database, conversion, await phase.facts(), asOf);
    const references = twinsOf(conversion).filter(({ role }) => role === 'reference');
    await fillTwins(database, conversion, { twins: references, source: 'numeric', onProgress });
    await makeCounterparts(database, conversion, await phase.facts(), 'numeric');
    await rebuildGrownIndexes(database, conversion, await phase.facts(), 'numeric');
    await requireProof(database, conversion, 'numeric', catchUp(phase));
  },

  /** @throws MigratorError LOCK_NOT_OBTAINED */
  async down(conversion, queryRunner) {
    const phase = phaseContext(conversion, queryRunner);
    const { database } = phase;
    await dropCounterparts(database, conversion, await phase.facts(), 'numeric');
    // The keys' own are the phase before's.
    if (isOwner(conversion)) {
      await makeKeyCounterparts(database, conversion, await phase.facts(), 'numeric');
    }
    await bringBackDangling(database, conversion);
    for (const { table, role } of twinsOf(conversion)) {
      if (role === 'reference') await forgetTasks(database.query, conversion.name, { kind: 'twins', table });
    }
  },
};
