/**
 * Phase 1: a UUID beside every number, and both kept in agreement from now on, whichever a client writes.
 *
 * On the way back the id map stays: a number that has had a UUID gets the same one if the conversion begins anew, because other
 * services may have heard of it.
 */
import { MigratorError } from '../../errors';
import { rememberIndexSizes } from '../backfill/grown-indexes';
import { restoreNotNull } from '../constraints/restore-not-null';
import { inspectConversion } from '../inspect/inspect-conversion';
import { makeIdMaps } from '../pairing/id-maps';
import { pairingTriggers } from '../pairing/pairing-triggers';
import { relaxNotNull } from '../pairing/relax-not-null';
import { addTwins, removeTwins } from '../pairing/twin-columns';
import { requireHalf } from '../proof/require-half';
import { forgetConversion, registerConversion } from '../state/conversions';
import { ensureState } from '../state/ensure-state';
import { dropViews, viewsFor } from '../views/shape-views';
import { catchUp } from './catch-up';
import { phaseContext, type ConversionPhase, type PhaseContext } from './phase-context';

export const addUuidColumns: ConversionPhase = {
  /** @throws MigratorError CONVERSION_REFUSED before anything was changed; LOCK_NOT_OBTAINED */
  async up(conversion, queryRunner) {
    const phase = phaseContext(conversion, queryRunner);
    const { database, locked, run } = phase;
    const before = await inspected(phase);
    await ensureState(database.query);
    await registerConversion(database.query, conversion);
    await rememberIndexSizes(database.query, conversion.name, before);
    await run(makeIdMaps(conversion, before));
    // Before the tables have more columns than clients know: a statement prepared as SELECT * is refused from then on, unless it finds a view.
    await run(viewsFor(conversion, before, 'numeric', ['numeric']));
    await locked('UUID columns', addTwins(conversion, before));
    await locked('NOT NULL of either half', relaxNotNull(conversion, await phase.facts(), 'numeric'));
    await locked('triggers', pairingTriggers(conversion, await phase.facts(), 'numeric'));
    await run(viewsFor(conversion, await phase.facts(), 'numeric', ['uuid']));
  },

  /** @throws MigratorError CONVERSION_INCOMPLETE before anything was changed; LOCK_NOT_OBTAINED */
  async down(conversion, queryRunner) {
    const phase = phaseContext(conversion, queryRunner);
    const { database, locked, run } = phase;
    const facts = await phase.facts();
    await requireHalf(database, conversion, facts, 'numeric', catchUp(phase));
    await run(dropViews(conversion, facts, ['uuid']));
    await restoreNotNull(database, conversion, facts, 'numeric');
    await locked('no triggers and no UUID columns', removeTwins(conversion));
    // Now the tables are what these clients know.
    await run(dropViews(conversion, facts, ['numeric']));
    await forgetConversion(database.query, conversion.name);
  },
};

async function inspected({ conversion, database, onWarning }: PhaseContext) {
  const { facts, refusals, cautions } = await inspectConversion(database, conversion);
  if (refusals.length === 0) {
    for (const { message } of cautions) onWarning(`${conversion.service}: ${message}`);
    return facts;
  }
  throw new MigratorError(
    'CONVERSION_REFUSED',
    `${conversion.service}: ${conversion.name} cannot be converted as things are; nothing was changed.\n` +
      refusals.map(({ message }) => `- ${message}`).join('\n'),
  );
}
