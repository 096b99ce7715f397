import { randomSeed, testServerUrl } from '../testing/migrator-tests.config';
import { planChange } from './plan-change';
import { decisionsOf } from './property/pair';
import { buildModel, settledCatalog, withPropertyDatabases } from './property/property-databases';
import { pairOf } from './property/run-pair';
import { proveChange } from './prove-change';

const PAIRS = 40;

// The property says that the plans are right; this says that the proof does not think otherwise, and refuse to write them.
it(`proves the changes of ${PAIRS} random pairs of models`, async () => {
  const first = randomSeed();
  let proven = 0;
  await withPropertyDatabases(testServerUrl(), async ({ ours, goal }) => {
    for (let number = first; number < first + PAIRS; number++) {
      const pair = pairOf(number);
      await Promise.all([ours.empty(), goal.empty()]);
      await Promise.all([buildModel(pair.from, ours), buildModel(pair.to, goal)]);
      const [before, entities] = await Promise.all([settledCatalog(ours), settledCatalog(goal)]);
      const decisions = decisionsOf(pair);
      const plan = planChange(before, entities, decisions);
      if (plan.refusals.length > 0) continue;
      const change = { service: `pair ${number}`, before, entities, decisions, plan };
      proven += (await proveChange(ours.query, change)).parts.length > 0 ? 1 : 0;
    }
  });
  expect(proven).toBeGreaterThan(PAIRS / 2);
});
