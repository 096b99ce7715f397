/** Pure: a run's outcome, whole from the first moment. */
import type { BackupSummary, Plan, ReportedError, RunReport, StepReport } from '../model';

/** Documented in the README; a program may rely on them. */
export const EXIT = { ok: 0, error: 1, pending: 3, drifted: 4 } as const;

/** The report of a plan that has not been run: what a dry run shows, and what a broken-off run falls back to. */
export function notRun(plan: Plan): StepReport[] {
  return plan.steps.map(({ id, service, migration }) => ({
    id,
    service,
    migration,
    status: 'not-run',
    durationMs: 0,
    retries: 0,
  }));
}

export interface RunFacts {
  readonly plan: Plan;
  readonly dryRun: boolean;
  readonly steps: readonly StepReport[];
  readonly backups?: readonly BackupSummary[];
  readonly serviceErrors: ReadonlyMap<string, ReportedError>;
  readonly durationMs: number;
}

export function runReport({
  plan,
  dryRun,
  steps,
  backups = [],
  serviceErrors,
  durationMs,
}: RunFacts): RunReport {
  const { direction, services, held, drift } = plan;
  return {
    direction,
    dryRun,
    services,
    steps,
    held,
    drift,
    backups,
    serviceErrors: Object.fromEntries(serviceErrors),
    durationMs,
  };
}

export function exitCodeOf(report: RunReport): number {
  return report.services
    .concat(Object.keys(report.serviceErrors))
    .every((service) => succeeded(report, service))
    ? EXIT.ok
    : EXIT.error;
}

/** Whether everything that was to be done in this service was done. */
export function succeeded(report: RunReport, service: string): boolean {
  if (report.serviceErrors[service]) return false;
  return report.steps.every(
    (step) => step.service !== service || (step.status !== 'failed' && step.status !== 'skipped'),
  );
}

/** The errors of one service, one below the other. */
export function errorsOf(report: RunReport, service: string): string[] {
  const error = report.serviceErrors[service];
  const ofSteps = report.steps.filter((step) => step.service === service && step.status === 'failed');
  return [...(error ? [error] : []), ...ofSteps.flatMap((step) => step.error ?? [])].map(
    ({ message }) => message,
  );
}
