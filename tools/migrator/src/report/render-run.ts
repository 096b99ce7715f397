/** Pure: a run's report -> what a person reads. */
import type { Drift, Plan, RunReport, StepReport } from '../model';
import { renderHeld } from './render-held';
import { describeRollback, type Rollbacks } from './rollback';
import { errorsOf, succeeded } from './run-report';
import { duration, table } from './table';

export function renderRun(report: RunReport): string {
  const doing = report.direction === 'up' ? 'applied' : 'reverted';
  const services = servicesOf(report);
  const rows = services.map((service) => {
    const steps = report.steps.filter((step) => step.service === service);
    const count = (status: StepReport['status']) => steps.filter((step) => step.status === status).length;
    const error = report.serviceErrors[service];
    return [
      service,
      String(count(doing)),
      String(count('skipped')),
      error ? 'yes' : String(count('failed')),
      duration(steps.reduce((sum, step) => sum + step.durationMs, 0)),
    ];
  });
  return [
    table(['service', doing, 'skipped', 'failed', 'time'], rows),
    ...renderErrors(report),
    ...renderDrift(report.drift),
    summary(report, services),
    ...renderHeld(report.held),
  ].join('\n');
}

/** Why services failed, or are not in the plan at all. A cycle is the error of every service on it, and told once. */
export function renderErrors(report: RunReport): string[] {
  const messages = servicesOf(report).flatMap((service) => errorsOf(report, service));
  return [...new Set(messages)].map((message) => `\n${message}`);
}

function servicesOf({ services, serviceErrors }: RunReport): string[] {
  return [...new Set([...services, ...Object.keys(serviceErrors)])];
}

function summary(report: RunReport, services: readonly string[]): string {
  const failed = services.filter((service) => !succeeded(report, service));
  if (failed.length > 0)
    return `\nFailed: ${failed.join(', ')}. What succeeded stays; run again when the cause is mended.`;
  if (report.steps.length === 0) {
    if (report.direction === 'down') return 'Nothing to revert.';
    return report.held.length > 0
      ? 'Nothing to apply before the gates.'
      : 'Nothing to apply: every database is up to date.';
  }
  return `${report.steps.length} migration(s) ${report.direction === 'up' ? 'applied' : 'reverted'} in ${duration(report.durationMs)}.`;
}

/** What `--dry-run` prints: the very steps that would run, in order, with what each waits for and the way back. */
export function renderPlan(plan: Plan, rollbacks: Rollbacks = new Map()): string {
  const doing = plan.direction === 'up' ? 'apply' : 'revert';
  if (plan.steps.length === 0) return [`Nothing to ${doing}.`, ...renderHeld(plan.held)].join('\n');
  const rows = plan.steps.map((step, index) => [
    String(index + 1),
    step.service,
    step.migration,
    [
      step.gate ? `gate ${step.gate}` : '',
      step.transaction ? '' : 'no transaction',
      step.action === 'record' ? 'recorded only' : '',
    ]
      .filter(Boolean)
      .join(', '),
    // Inside its service a step waits for the one before it, which goes without saying.
    step.waitsFor.filter((id) => !id.startsWith(`${step.service}:`)).join('\n'),
    ...(rollbacks.size > 0 ? [describeRollback(rollbacks.get(step.id))] : []),
  ]);
  return [
    `Would ${doing}, in this order:`,
    table(['', 'service', 'migration', '', 'waits for', ...(rollbacks.size > 0 ? ['rollback'] : [])], rows),
    ...renderHeld(plan.held),
    ...renderDrift(plan.drift),
    'Dry run: nothing was changed.',
  ].join('\n');
}

const DRIFT: Record<Drift['kind'], string> = {
  'edited-after-apply':
    'was changed after it was applied; put it back as it was, and write the change as a new migration',
  'missing-on-disk':
    'is applied, but its file is gone; check out the code that has it, or it can never be reverted',
  'applied-but-unknown':
    'is recorded as applied, but neither is its file known nor did this migrator apply it; find out which tool or branch it came from',
  'out-of-order': 'is older than the newest applied migration; it is applied after it all the same',
};

export function renderDrift(drift: readonly Drift[]): string[] {
  return drift.map(({ service, migration, kind }) => `Warning: ${service}: ${migration} ${DRIFT[kind]}.`);
}
