import { testDatabaseUrl } from '@hockey-hub/shared-lib/src/testing/config';
import { ConversionTrial } from '../trial/conversion-trial';
import type { PhaseName } from '../trial/phases';
import { changedPairs, idMapPairs } from './id-map-pairs';
import { backward, forward } from './there-and-back';

const NOBODY_SAW_AN_ERROR = {};
/** A minute on a machine of its own; others work on it, too. */
const PATIENCE_MS = 10 * 60 * 1_000;

/** The test of a spec: to after this phase, back to numbers, and forward through all phases. */
export function testWayBack(from: PhaseName): void {
  let trial: ConversionTrial;
  beforeAll(async () => {
    trial = await ConversionTrial.start({
      users: 200,
      seed: 11,
      serverUrl: testDatabaseUrl(),
      perSecond: 60,
    });
  });
  afterAll(() => trial?.end());

  const expectAllThere = async (shape: 'numeric' | 'uuid') => {
    const verified = await trial.verify(shape);
    expect(trial.clients.logs.map(({ messages }) => messages)).toEqual(
      trial.clients.logs.map(() => NOBODY_SAW_AN_ERROR),
    );
    // Each kind of row was there before, and was written by clients; nobody writes parent links and audit entries.
    for (const { table, references, written } of verified) {
      expect([table, references > 0]).toEqual([table, true]);
      if (!['parent_links', 'audit_entries'].includes(table))
        expect([table, written > 0]).toEqual([table, true]);
    }
  };

  test(
    `from after ${from} back to numbers, and forward again: nothing is lost, and nobody sees an error`,
    async () => {
      await trial.beginOld();
      await forward(trial, from);
      const pairs = await idMapPairs(trial);
      await backward(trial, from);
      expect(await trial.applied()).toEqual({ 'user-service': [], 'training-service': [] });
      await expectAllThere('numeric');

      const pairsKept = await idMapPairs(trial);
      expect(changedPairs(pairs, pairsKept)).toEqual([]);
      await trial.beginOld();
      await forward(trial, 'RemoveNumericIds');
      await expectAllThere('uuid');
      expect(changedPairs(pairsKept, await idMapPairs(trial))).toEqual([]);
    },
    PATIENCE_MS,
  );
}
