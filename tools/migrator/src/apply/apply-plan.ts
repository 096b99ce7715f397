/**
 * A plan -> the databases. Starts each step when all that it waits for has ended well; steps that do not wait for
 * each other run at the same time, at most `parallel` of them. Two steps of one service always wait for each other,
 * because its chain is in the plan, so each session runs one thing at a time.
 *
 * What depends on a failed step is skipped, the rest goes on; with `failFast` nothing new is started after a failure.
 * It never throws for a step: every outcome is in the reports.
 */
import pLimit from 'p-limit';
import { toReportedError } from '../errors';
import type { Migration, Plan, PlanStep, ReportedError, RunEvent, StepReport } from '../model';
import { runStep } from './run-step';
import type { Session } from './session';

export interface ApplyOptions {
  readonly parallel: number;
  readonly failFast: boolean;
  readonly appliedBy: string;
  /** The role that a service connects as, where one is named: it gets what it needs of what a step made. */
  readonly runtimeRole: (service: string) => string | undefined;
}

export interface ApplyTools {
  /** By service: those of the plan's steps. A service without one could not be opened; its steps are skipped. */
  readonly sessions: ReadonlyMap<string, Session>;
  /** By step id. */
  readonly migrations: ReadonlyMap<string, Migration>;
  /** Ids of the backups taken before the run, by service. */
  readonly backupIds?: ReadonlyMap<string, string>;
  readonly onEvent: (event: RunEvent) => void;
}

/** One report per step, in the plan's order. */
export async function applyPlan(plan: Plan, options: ApplyOptions, tools: ApplyTools): Promise<StepReport[]> {
  tools.onEvent({ type: 'run-started', plan });
  const limit = pLimit(options.parallel);
  const ended = new Map<string, Promise<StepReport>>();
  let failed = false;

  const run = async (step: PlanStep): Promise<StepReport> => {
    if (failed && options.failFast)
      return skipped(step, 'another migration failed and --fail-fast stops the run');
    const report = await tryStep(plan, step, options, tools);
    failed ||= report.status === 'failed';
    return report;
  };
  const start = async (step: PlanStep): Promise<StepReport> => {
    const before = await Promise.all(step.waitsFor.flatMap((id) => ended.get(id) ?? []));
    const obstacle = before.find(({ status }) => status === 'failed' || status === 'skipped');
    const report = obstacle
      ? skipped(
          step,
          `waits for ${obstacle.id}, which ${obstacle.status === 'failed' ? 'failed' : 'was skipped'}`,
        )
      : await limit(run, step);
    tools.onEvent({ type: 'step-ended', report });
    return report;
  };
  for (const step of plan.steps) ended.set(step.id, start(step));
  // Not those without steps: their result is known only when the run has looked after their runtime roles.
  const changed = [...new Set(plan.steps.map(({ service }) => service))];
  await Promise.all(changed.map((service) => announceEnd(service, plan, ended, tools.onEvent)));
  return Promise.all(ended.values());
}

async function announceEnd(
  service: string,
  plan: Plan,
  ended: ReadonlyMap<string, Promise<StepReport>>,
  onEvent: (event: RunEvent) => void,
): Promise<void> {
  await Promise.all(plan.steps.filter((step) => step.service === service).map((step) => ended.get(step.id)));
  onEvent({ type: 'service-ended', service });
}

async function tryStep(
  plan: Plan,
  step: PlanStep,
  { appliedBy, runtimeRole }: ApplyOptions,
  { sessions, migrations, backupIds, onEvent }: ApplyTools,
): Promise<StepReport> {
  const session = sessions.get(step.service);
  const migration = migrations.get(step.id);
  if (!session || !migration) return skipped(step, `there is no session to ${step.service}`);
  onEvent({ type: 'step-started', step });
  const startedAt = performance.now();
  let retries = 0;
  const counting = (event: RunEvent) => {
    if (event.type === 'step-retried') retries++;
    onEvent(event);
  };
  try {
    const { direction } = plan;
    const outcome = await runStep({
      session,
      migration,
      step,
      direction,
      appliedBy,
      backupId: backupIds?.get(step.service),
      runtimeRole: runtimeRole(step.service),
      onEvent: counting,
    });
    return { ...identity(step), status: direction === 'up' ? 'applied' : 'reverted', ...outcome };
  } catch (error) {
    const durationMs = Math.round(performance.now() - startedAt);
    return { ...identity(step), status: 'failed', durationMs, retries, error: toReportedError(error) };
  }
}

function identity({ id, service, migration }: PlanStep) {
  return { id, service, migration };
}

function skipped(step: PlanStep, why: string): StepReport {
  const error: ReportedError = { code: 'PREREQUISITE_FAILED', message: why };
  return { ...identity(step), status: 'skipped', durationMs: 0, retries: 0, error };
}
