/**
 * Phase 4: the plain names get the UUIDs, in one short transaction. The way back is the same the other way round.
 *
 * What the rows say was proven by the phase before, and is proven again before the numbers go; no row is written here.
 */
import { pairingFunctions } from '../pairing/pairing-triggers';
import { requireBothHalves } from '../proof/prove';
import { readShape } from '../state/conversions';
import { switchShape } from '../switch/switch-shape';
import { catchUp } from './catch-up';
import { phaseContext, type ConversionPhase } from './phase-context';

export const switchPrimaryKeys: ConversionPhase = {
  /** @throws MigratorError CONVERSION_NOT_PROVEN, CONVERSION_INCOMPLETE, LOCK_NOT_OBTAINED */
  async up(conversion, queryRunner) {
    const phase = phaseContext(conversion, queryRunner);
    const { database } = phase;
    const shape = await readShape(database.query, conversion.name);
    await requireBothHalves(database, conversion, shape, catchUp(phase));
    await switchShape(database, conversion, 'uuid', (facts, to) => pairingFunctions(conversion, facts, to));
  },

  /** @throws MigratorError CONVERSION_INCOMPLETE, LOCK_NOT_OBTAINED */
  async down(conversion, queryRunner) {
    const { database } = phaseContext(conversion, queryRunner);
    await switchShape(database, conversion, 'numeric', (facts, to) =>
      pairingFunctions(conversion, facts, to),
    );
  },
};
