/** `migrate --sql`: the SQL of a plan and of its rollback. */
import { describeRollback } from '../../report/rollback';
import { errorsOf } from '../../report/run-report';
import type { RunOptions } from '../run';
import type { UpRequest } from '../../plan/plan-up';
import type { Invocation, VerbResult } from '../verb';
import { migrate } from './migrate';
import { recordSteps } from './record-steps';

/** Prints the statements of each step in the plan's order, in the transactions they would run in. */
export async function printSql(
  { config, output }: Invocation<unknown>,
  request: UpRequest & RunOptions,
): Promise<VerbResult> {
  const outcome = await migrate(config, { ...request, dryRun: true, backup: false }, () => undefined);
  const recorded = await recordSteps(outcome, (service) => config.databaseUrl(service));
  for (const { service, migration, file, transaction, id } of outcome.planned.plan.steps) {
    const { up = [], rollback } = recorded.get(id) ?? {};
    const statements = up.map((statement) => `${statement};`);
    const framed = transaction ? ['BEGIN;', ...statements, 'COMMIT;'] : statements;
    const back = rollback && 'statements' in rollback ? rollback.statements : [];
    output.print(
      [
        `-- ${service}: ${migration}`,
        `-- ${file}`,
        ...framed,
        `-- rollback: ${describeRollback(rollback)}`,
        ...back.map((statement) => `${statement};`.replace(/^/gm, '--   ')),
        '',
      ].join('\n'),
    );
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
