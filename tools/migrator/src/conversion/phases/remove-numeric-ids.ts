/**
 * Phase 5: the numbers go, with the triggers and the views of clients that know numbers alone. The id map stays, and brings
 * the numbers back on the way back; rows that were made meanwhile get new ones from the sequence.
 *
 * The views in `uuid_ids` stay: whoever has that schema in the search_path sees the same before and after.
 */
import { fillTwins } from '../backfill/fill-twins';
import { rebuildGrownIndexes } from '../backfill/grown-indexes';
import { makeCounterparts } from '../constraints/make-counterparts';
import { restoreNotNull } from '../constraints/restore-not-null';
import { dropPairing, pairingFunctions, pairingTriggers } from '../pairing/pairing-triggers';
import { relaxNotNull } from '../pairing/relax-not-null';
import { requireProof, requireProofOfHalf } from '../proof/prove';
import { forgetTasks } from '../state/tasks';
import { numberNewRows, restoreIdentities, restoreNumericColumns } from '../switch/contract-back';
import { dropNumericColumns } from '../switch/contract';
import { dropViews, viewsFor } from '../views/shape-views';
import { catchUp } from './catch-up';
import { phaseContext, type ConversionPhase } from './phase-context';
import { receiveIdMaps } from './receive-id-maps';

export const removeNumericIds: ConversionPhase = {
  /** @throws MigratorError CONVERSION_NOT_PROVEN, CONVERSION_INCOMPLETE, LOCK_NOT_OBTAINED */
  async up(conversion, queryRunner) {
    const phase = phaseContext(conversion, queryRunner);
    const { database } = phase;
    const facts = await phase.facts();
    // From now on the map alone knows the numbers, those of users whom nobody here refers to, too.
    await receiveIdMaps(phase);
    // A number may be all that is known of what the last client that knows numbers has just written.
    await requireProofOfHalf(database, conversion, 'uuid', { catchUp: catchUp(phase) });
    await restoreNotNull(database, conversion, facts, 'uuid');
    await dropNumericColumns(database, conversion, {
      before: [...dropViews(conversion, facts, ['numeric']), ...dropPairing(conversion)],
    });
    await forgetTasks(database.query, conversion.name, { kind: 'twins' });
  },

  /** @throws MigratorError CONVERSION_INCOMPLETE, CONVERSION_STALLED, FILL_FAILED, LOCK_NOT_OBTAINED */
  async down(conversion, queryRunner) {
    const phase = phaseContext(conversion, queryRunner);
    const { database, locked, run, onProgress } = phase;
    const pairing = pairingTriggers(conversion, await phase.facts(), 'uuid');
    await restoreNumericColumns(database, conversion, pairing);
    // Again: only now are the types of the columns known, which what fills arrays has to name.
    await run(pairingFunctions(conversion, await phase.facts(), 'uuid'));
    await locked('NOT NULL of either half', relaxNotNull(conversion, await phase.facts(), 'uuid'));
    await numberNewRows(database, conversion);
    // The owner has numbered its new rows by now; references to these are filled, too.
    await receiveIdMaps(phase);
    await fillTwins(database, conversion, { source: 'uuid', onProgress });
    await makeCounterparts(database, conversion, await phase.facts(), 'uuid');
    await rebuildGrownIndexes(database, conversion, await phase.facts(), 'uuid');
    await restoreIdentities(database, conversion);
    await run(viewsFor(conversion, await phase.facts(), 'uuid', ['numeric']));
    await requireProof(database, conversion, 'uuid', catchUp(phase));
  },
};
