/**
 * The flow that every verb which changes databases has in common:
 *
 *   plan (without lock) -> nothing to do, or a dry run: report
 *                       -> backups (`backup-first`)
 *                       -> lock -> plan again, from ledgers read under the lock -> apply -> report
 *
 * What is decided without the lock is only whether there is anything to do.
 */
import type { MigratorConfig } from '../config';
import { readLedger } from '../ledger/ledger';
import type {
  BackupSummary,
  Plan,
  PlannedBackup,
  ReportedError,
  RunEvent,
  RunReport,
  StepReport,
} from '../model';
import { migrationsById, type WorkspaceState } from '../plan/service-state';
import { readLedgerOf, type LedgerReader } from '../read/read-state';
import type { Rollbacks } from '../report/rollback';
import { notRun, runReport } from '../report/run-report';
import type { Backups } from './backup-first';
import { grantToRuntimeRoles, refuseSuperusers } from './production';

export interface RunOptions {
  readonly dryRun: boolean;
  readonly failFast: boolean;
  /** Back up, before the first change, every database that the plan changes and that holds rows. */
  readonly backup: boolean;
  /** Refuse a plan that was not rehearsed. */
  readonly requireRehearsal?: boolean;
  /** How many services are worked on at the same time. */
  readonly parallel: number;
  readonly lockTimeoutMs: number;
  readonly statementTimeoutMs: number;
  /** Run as a superuser in production, too. */
  readonly allowSuperuser?: boolean;
}

/** What a verb was asked for: the services, and whether for those and no others. */
export interface Asked {
  readonly services: readonly string[];
  readonly alone?: boolean;
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
  /** Of a dry run: what would be backed up first. */
  readonly plannedBackups?: readonly PlannedBackup[];
}

/** What came of a plan. */
export interface Ran {
  readonly planned: Planned;
  readonly steps: readonly StepReport[];
  readonly backups: readonly BackupSummary[];
}

export async function run(
  config: MigratorConfig,
  planner: Planner,
  options: RunOptions & Asked,
  onEvent: (event: RunEvent) => void,
): Promise<RunOutcome> {
  const startedAt = performance.now();
  const first = await planner();
  const changed = new Set(first.plan.steps.map((step) => step.service));
  if (!options.dryRun && config.production && !options.allowSuperuser) {
    await refuseSuperusers(config, [...changed]);
  }
  await refuseUnrehearsed(config, first, options);
  const { planned, steps, backups } =
    options.dryRun || changed.size === 0
      ? { planned: first, steps: notRun(first.plan), backups: [] }
      : await runPlan(config, first, planner, options, onEvent);
  const plannedBackups = options.dryRun ? await announceBackups(config, first, options) : undefined;
  const untouched = servicesToGrantIn(planned.plan, steps, options);
  const grantErrors = await grantToRuntimeRoles(config, untouched, { ...options, onEvent });
  const report = runReport({
    plan: planned.plan,
    dryRun: options.dryRun,
    steps,
    backups,
    serviceErrors: new Map([...planned.errors, ...grantErrors]),
    durationMs: Math.round(performance.now() - startedAt),
  });
  return { planned, report, plannedBackups };
}

/** Those that this run looks after without having a step for them; a revert touches nothing but what it takes back. */
function servicesToGrantIn(
  { direction, services, steps: planned }: Plan,
  steps: readonly StepReport[],
  { dryRun, services: asked, alone }: RunOptions & Asked,
): string[] {
  if (dryRun || direction === 'down') return [];
  // A backup failed, and the report says that nothing was changed.
  if (steps.some(({ status }) => status === 'not-run')) return [];
  const changed = new Set(planned.map(({ service }) => service));
  return services.filter((service) => !changed.has(service) && (!alone || asked.includes(service)));
}

/** Before anything is changed, and once more when nobody else can change anything. */
async function refuseUnrehearsed(config: MigratorConfig, { plan }: Planned, options: RunOptions) {
  if (!options.requireRehearsal || plan.steps.length === 0) return;
  const { requireRehearsal } = await import('./require-rehearsal');
  await requireRehearsal(config, plan);
}

function wantsBackups(config: MigratorConfig, { backup }: RunOptions): boolean {
  return backup && config.backups.beforeChanges;
}

async function announceBackups(config: MigratorConfig, planned: Planned, options: RunOptions) {
  if (planned.plan.steps.length === 0 || !wantsBackups(config, options)) return undefined;
  const { plannedBackups } = await import('./backup-first');
  return plannedBackups(config, planned);
}

async function runPlan(
  config: MigratorConfig,
  first: Planned,
  planner: Planner,
  options: RunOptions,
  onEvent: (event: RunEvent) => void,
): Promise<Ran> {
  if (!wantsBackups(config, options)) return runLocked(config, first, planner, options, onEvent);
  const { withBackups } = await import('./backup-first');
  const { parallel } = options;
  return withBackups({ config, first, planner, parallel, onEvent }, (planned, backups) =>
    runLocked(config, planned, planner, options, onEvent, backups),
  );
}

/** @param backups left out where nobody wants any */
async function runLocked(
  config: MigratorConfig,
  first: Planned,
  planner: Planner,
  options: RunOptions,
  onEvent: (event: RunEvent) => void,
  backups?: Backups,
): Promise<Ran> {
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
    await refuseUnrehearsed(config, planned, options);
    if (backups) {
      const { refuseWithoutBackup } = await import('./backup-first');
      await refuseWithoutBackup(planned, backups, (service) => sessions.get(service)?.query);
    }
    const migrations = migrationsById(planned.state);
    const taken = [...(backups?.values() ?? [])];
    const backupIds = new Map(taken.map(({ service, id }) => [service, id]));
    const { appliedBy, runtimeRole } = config;
    const applyOptions = { ...options, appliedBy, runtimeRole };
    const steps = await applyPlan(planned.plan, applyOptions, { sessions, migrations, backupIds, onEvent });
    return { planned, steps, backups: taken };
  });
}
