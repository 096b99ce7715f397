import { startTemporaryPostgres } from '@hockey-hub/dev-services';
import { withPropertyDatabases, buildModel, settledCatalog } from './property/property-databases';
import { pairOf } from './property/run-pair';
import { decisionsOf } from './property/pair';
import { planChange } from './plan-change';
import { proveChange } from './prove-change';
(async () => {
  const first = Number(process.argv[2]), n = Number(process.argv[3]);
  const pg = await startTemporaryPostgres();
  let refused = 0, ok = 0, without = 0, wrong = 0;
  try {
    for (let f = first; f < first + n; f += 100)
    await withPropertyDatabases(pg.url, async (dbs) => {
      for (let i = f; i < Math.min(f + 100, first + n); i++) {
        const pair = pairOf(i);
        await Promise.all([dbs.ours.empty(), dbs.goal.empty()]);
        await Promise.all([buildModel(pair.from, dbs.ours), buildModel(pair.to, dbs.goal)]);
        const [before, entities] = await Promise.all([settledCatalog(dbs.ours), settledCatalog(dbs.goal)]);
        const decisions = decisionsOf(pair);
        const plan = planChange(before, entities, decisions);
        if (plan.refusals.length) { refused++; continue; }
        try {
          const proof = await proveChange(dbs.ours.query, { service: 's', before, entities, decisions, plan });
          ok++; if (proof.withoutRows.length) { without++; console.log(i, 'without', proof.withoutRows.join()); }
        } catch (e: any) { wrong++; console.log('=====', i, e.message); try { await dbs.ours.query('ROLLBACK'); } catch {} }
      }
    });
  } finally { console.log({ refused, ok, without, wrong }); await pg.stop(); }
})();
