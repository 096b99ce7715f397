/** Phase 4: the plain names get the UUIDs, in one short transaction. The way back is the same the other way round. */
import { pairingFunctions } from '../pairing/pairing-triggers';
import { requireProof } from '../proof/prove';
import { readShape } from '../state/conversions';
import { switchShape } from '../switch/switch-shape';
import { catchUp } from './catch-up';
import { phaseContext, type ConversionPhase } from './phase-context';

export const switchPrimaryKeys: ConversionPhase = {
  /** @throws MigratorError CONVERSION_NOT_PROVEN, CONVERSION_INCOMPLETE, LOCK_NOT_OBTAINED */
  async up(conversion, queryRunner) {
    const phase = phaseContext(conversion, queryRunner);
    const { database } = phase;
    await catchUp(phase)();
    await requireProof(
      database,
      conversion,
      await readShape(database.query, conversion.name),
      catchUp(phase),
    );
    await switchShape(database, conversion, 'uuid', (facts, to) => pairingFunctions(conversion, facts, to));
    await requireProof(database, conversion, 'uuid', catchUp(phase));
  },

  /** @throws MigratorError CONVERSION_INCOMPLETE, LOCK_NOT_OBTAINED */
  async down(conversion, queryRunner) {
    const { database } = phaseContext(conversion, queryRunner);
    await switchShape(database, conversion, 'numeric', (facts, to) =>
      pairingFunctions(conversion, facts, to),
    );
  },
};
