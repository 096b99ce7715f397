/**
 * The flow that every verb which changes databases has in common:
 *
 *   plan (without lock) -> nothing to do, or a dry run: report
 *                       -> lock -> plan again, from ledgers read under the lock -> apply -> report
 *
 * What is decided without the lock is only whether there is anything to do.
 */
import type { MigratorConfig } from '../config';
import { readLedger } from '../ledger/ledger';
import type { Plan, ReportedError, RunEvent, RunReport } from '../model';
import { migrationsById, type WorkspaceState } from '../plan/service-state';
import { readLedgerOf, type LedgerReader } from '../read/read-state';
import type { Rollbacks } from '../report/rollback';
import { notRun, runReport } from '../report/run-report';
import { grantToRuntimeRoles, refuseSuperusers } from './production';

export interface RunOptions {
  readonly dryRun: boolean;
  readonly failFast: boolean;
  /** How many services are worked on at the same time. */
  readonly parallel: number;
  readonly lockTimeoutMs: number;
  readonly statementTimeoutMs: number;
  /** Run as a superuser in production, too. */
  readonly allowSuperuser?: boolean;
}

/** A plan with what it needs to run, and why some services are not in it. */
export interface Planned {
  readonly plan: Plan;
  readonly state: WorkspaceState;
  readonly errors: ReadonlyMap<string, ReportedError>;
}

/** Reads and plans; the reader says where ledgers come from. */
export type Planner = (ledgerOf?: LedgerReader) => Promise<Planned>;

export interface RunOutcome {
  readonly planned: Planned;
  readonly report: RunReport;
  /** Of a dry run: the way back from each step. */
  readonly rollbacks?: Rollbacks;
}

export async function run(
  config: MigratorConfig,
  planner: Planner,
  options: RunOptions,
  onEvent: (event: RunEvent) => void,
): Promise<RunOutcome> {
  const startedAt = performance.now();
  const first = await planner();
  const changed = new Set(first.plan.steps.map((step) => step.service));
  if (!options.dryRun && config.production && !options.allowSuperuser) {
    await refuseSuperusers(config, [...changed]);
  }
  const { planned, steps } =
    options.dryRun || changed.size === 0
      ? { planned: first, steps: notRun(first.plan) }
      : await runLocked(config, first, planner, options, onEvent);
  const untouched = planned.plan.services.filter((service) => !changed.has(service));
  const grantErrors = options.dryRun ? [] : await grantToRuntimeRoles(config, untouched);
  const report = runReport({
    plan: planned.plan,
    dryRun: options.dryRun,
    steps,
    serviceErrors: new Map([...planned.errors, ...grantErrors]),
    durationMs: Math.round(performance.now() - startedAt),
  });
  return { planned, report };
}

async function runLocked(
  config: MigratorConfig,
  first: Planned,
  planner: Planner,
  options: RunOptions,
  onEvent: (event: RunEvent) => void,
) {
  // TypeORM comes with these; a run that has nothing to do is spared loading it.
  const [{ applyPlan }, { withSessions }] = await Promise.all([
    import('../apply/apply-plan'),
    import('../apply/sessions'),
  ]);
  const services = [...new Set(first.plan.steps.map((step) => step.service))];
  const targets = await Promise.all(
    services.map(async (service) => ({
      service,
      url: await config.databaseUrl(service),
      missing: first.state.get(service)?.ledger.state === 'missing-database',
    })),
  );
  return withSessions(targets, options, onEvent, async ({ sessions, failures }) => {
    const planned = await planner(async (service) => {
      if (failures.has(service)) throw failures.get(service);
      const session = sessions.get(service);
      return session ? readLedger(service, session.query) : readLedgerOf(config, service);
    });
    const migrations = migrationsById(planned.state);
    const { appliedBy, runtimeRole } = config;
    const applyOptions = { ...options, appliedBy, runtimeRole };
    const steps = await applyPlan(planned.plan, applyOptions, { sessions, migrations, onEvent });
    return { planned, steps };
  });
}
