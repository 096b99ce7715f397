/** `migrate --sql`: the SQL of a plan, recorded by running its TypeScript in scratch databases. */
import type { Migration } from '../../model';
import { idOf } from '../../plan/service-state';
import { errorsOf } from '../../report/run-report';
import { loadMigration } from '../../source/load-migration';
import type { RunOptions, RunOutcome } from '../run';
import type { UpRequest } from '../../plan/plan-up';
import type { Invocation, VerbResult } from '../verb';
import { migrate } from './migrate';

/** Prints the statements of each step in the plan's order, in the transactions they would run in. */
export async function printSql(
  { config, output }: Invocation<unknown>,
  request: UpRequest & RunOptions,
): Promise<VerbResult> {
  const outcome = await migrate(config, { ...request, dryRun: true }, () => undefined);
  const recorded = await recordPlan(outcome, (service) => config.databaseUrl(service));
  for (const { service, migration, file, transaction, id } of outcome.planned.plan.steps) {
    const statements = (recorded.get(id) ?? []).map((statement) => `${statement};`);
    const framed = transaction ? ['BEGIN;', ...statements, 'COMMIT;'] : statements;
    output.print([`-- ${service}: ${migration}`, `-- ${file}`, ...framed, ''].join('\n'));
  }
  if (outcome.planned.plan.steps.length === 0) output.print('-- Nothing to apply.');
  const failures = new Map(
    [...outcome.planned.errors.keys()].map((service) => [
      service,
      errorsOf(outcome.report, service).join('\n'),
    ]),
  );
  for (const failure of failures.values()) output.print(failure.replace(/^/gm, '-- '));
  return { exitCode: failures.size > 0 ? 1 : 0, failures };
}

/** Statements by step id. A scratch database first gets what the real one has: the applied migrations. */
async function recordPlan(
  { planned }: RunOutcome,
  urlOf: (service: string) => Promise<string>,
): Promise<Map<string, readonly string[]>> {
  const [{ replay }, { withScratchDatabases }] = await Promise.all([
    import('../../scratch/replay'),
    import('../../scratch/scratch-database'),
  ]);
  const recorded = new Map<string, readonly string[]>();
  const steps = new Set(planned.plan.steps.map((step) => step.id));
  for (const { service, files, ledger, migrations } of planned.state.values()) {
    const wanted = migrations.filter((migration) => steps.has(idOf(migration)));
    if (wanted.length === 0) continue;
    const applied = ledger.applied
      .flatMap(({ name }) => files.filter((file) => file.name === name))
      .map((file): Migration => loadMigration(file));
    await withScratchDatabases(await urlOf(service.name), service.name, 1, async (url) => {
      await replay(url, service.name, applied);
      for (const { migration, statements } of await replay(url, service.name, wanted)) {
        recorded.set(idOf(migration), statements);
      }
    });
  }
  return recorded;
}
