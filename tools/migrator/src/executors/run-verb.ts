/** Runs a plan for a verb and says how it went: what `migrate` and `migration-revert` have in common after planning. */
import type { Direction, RunEvent } from '../model';
import { renderPlannedBackups } from '../report/render-backups';
import { renderErrors, renderPlan, renderRun } from '../report/render-run';
import { errorsOf, exitCodeOf, succeeded } from '../report/run-report';
import type { RunOutcome } from './run';
import type { Invocation, VerbResult } from './verb';

/** As much of a verb's options as its report depends on. */
export interface ReportOptions {
  readonly dryRun: boolean;
  readonly json: boolean;
}

export async function runVerb<Options extends ReportOptions>(
  { options, output, onEvent }: Invocation<Options>,
  direction: Direction,
  run: (onEvent: (event: RunEvent) => void) => Promise<RunOutcome>,
): Promise<VerbResult> {
  const show = output.progress(direction);
  const {
    planned,
    report,
    rollbacks,
    plannedBackups = [],
  } = await run((event) => {
    show(event);
    onEvent?.(event);
  });
  if (options.json) {
    const document = {
      plan: planned.plan,
      report,
      plannedBackups: options.dryRun ? plannedBackups : undefined,
      rollbacks: rollbacks && Object.fromEntries(rollbacks),
    };
    output.print(JSON.stringify(document, undefined, 2));
  } else if (options.dryRun && report.steps.length > 0) {
    if (plannedBackups.length > 0) output.print(renderPlannedBackups(plannedBackups));
    output.print([renderPlan(planned.plan, rollbacks), ...renderErrors(report)].join('\n'));
  } else output.print(renderRun(report));
  const services = new Set([...report.services, ...Object.keys(report.serviceErrors)]);
  const failed = [...services].filter((service) => !succeeded(report, service));
  return {
    exitCode: exitCodeOf(report),
    failures: new Map(failed.map((service) => [service, errorsOf(report, service).join('\n') || 'skipped'])),
  };
}
