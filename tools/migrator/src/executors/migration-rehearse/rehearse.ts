/**
 * `migration-rehearse`: what `migrate` would run -> run on copies of the databases, one step after the other, watched.
 *
 *   plan on the real databases -> copy those it changes -> plan on the copies -> trace each step -> compare row counts
 *                              -> the record that `migrate --require-rehearsal` looks for
 */
import { recordRehearsal } from '../../backup/rehearsals';
import { beginSnapshot, countRows } from '../../backup/table-facts';
import type { TablesFacts } from '../../backup/manifest';
import type { MigratorConfig } from '../../config';
import { MigratorError, toReportedError } from '../../errors';
import { readLedger } from '../../ledger/ledger';
import type { PlanStep, RehearsalReport, RehearsedStep, RowChange, RunEvent } from '../../model';
import { withConnection } from '../../pg/connect';
import { queryOf } from '../../pg/query';
import type { DatabaseOf } from '../../other-databases';
import { fingerprintOf } from '../../plan/fingerprint';
import type { UpRequest } from '../../plan/plan-up';
import { migrationsById } from '../../plan/service-state';
import { readLedgerOf } from '../../read/read-state';
import { stallsClients } from '../../trace/lock-modes';
import { traceMigration } from '../../trace/trace-migration';
import { migratePlanner } from '../migrate/migrate';
import type { Planned } from '../run';
import { withCopies, type Copy } from './copies';

export interface RehearsalRequest {
  readonly up: UpRequest;
  /** Take backups rather than use the newest ones. */
  readonly fresh: boolean;
  /** URL of the database to copy instead of that of the one service asked for. */
  readonly from?: string;
}

export interface RehearsalEvents {
  readonly onEvent: (event: RunEvent) => void;
  readonly onStep: (step: RehearsedStep) => void;
}

/**
 * @returns undefined when there is nothing to rehearse
 * @throws MigratorError REHEARSAL_FAILED, BAD_OPTION, and those of taking and restoring a backup
 */
export async function rehearse(
  config: MigratorConfig,
  { up, fresh, from }: RehearsalRequest,
  { onEvent, onStep }: RehearsalEvents,
): Promise<RehearsalReport | undefined> {
  const asked = from === undefined ? undefined : onlyOne(up.services);
  const planner = migratePlanner(config, up);
  const real = await planner();
  refuseErrors(real);
  const specs = [...new Set(real.plan.steps.map(({ service }) => service))].map((service) => ({
    service,
    exists: real.state.get(service)?.ledger.state === 'present',
    from: service === asked ? from : undefined,
    fresh,
  }));
  if (specs.length === 0) return undefined;
  return withCopies(config, specs, onEvent, async (copies) => {
    const urls = new Map(copies.map(({ service, url }) => [service, url]));
    const planned = await planner((service) => {
      const url = urls.get(service);
      if (url === undefined) return readLedgerOf(config, service);
      return withConnection(url, service, (client) => readLedger(service, queryOf(client)));
    });
    refuseErrors(planned);
    const before = await countEach(copies);
    // What has no copy is not changed by this plan, and read where it is.
    const databaseOf = async (service: string) => urls.get(service) ?? config.databaseUrl(service);
    const steps = await runSteps(planned, urls, databaseOf, onStep);
    const report: RehearsalReport = {
      fingerprint: fingerprintOf(planned.plan),
      rehearsedAt: new Date().toISOString(),
      rehearsedBy: config.appliedBy,
      sources: Object.fromEntries(copies.map(({ service, source }) => [service, source])),
      steps,
      rowChanges: rowChanges(before, await countEach(copies)),
      current: fingerprintOf(planned.plan) === fingerprintOf(real.plan),
    };
    await recordRehearsal(config.backups.folder, report);
    return report;
  });
}

async function runSteps(
  { plan, state }: Planned,
  urls: ReadonlyMap<string, string>,
  databaseOf: DatabaseOf,
  onStep: (step: RehearsedStep) => void,
): Promise<RehearsedStep[]> {
  const migrations = migrationsById(state);
  const steps: RehearsedStep[] = [];
  for (const step of plan.steps) {
    const { id, service, migration } = step;
    const url = urls.get(service);
    if (url === undefined) throw changedMeanwhile(service);
    const { durationMs, locks, rewritten, walBytes, diskBytes } =
      step.action === 'record'
        ? { durationMs: 0, locks: [], rewritten: [], walBytes: 0, diskBytes: 0 }
        : await traceMigration(url, service, migrations.get(id)!, { databaseOf }).catch((error: unknown) => {
            throw stepFailed(step, error);
          });
    const stalling = locks.filter(stallsClients).map(({ table, mode, blocks, heldMs }) => ({
      table,
      mode,
      blocks,
      heldMs,
    }));
    const rehearsed = { id, service, migration, durationMs, locks: stalling, rewritten, walBytes, diskBytes };
    steps.push(rehearsed);
    onStep(rehearsed);
  }
  return steps;
}

async function countEach(copies: readonly Copy[]): Promise<Map<string, TablesFacts>> {
  const counted = new Map<string, TablesFacts>();
  for (const { service, url } of copies) {
    const tables = await withConnection(url, service, async (client) => {
      await beginSnapshot(queryOf(client));
      return countRows(queryOf(client));
    });
    counted.set(service, tables);
  }
  return counted;
}

function rowChanges(
  before: ReadonlyMap<string, TablesFacts>,
  after: ReadonlyMap<string, TablesFacts>,
): RowChange[] {
  return [...before].flatMap(([service, tables]) => {
    const now = after.get(service) ?? {};
    const names = [...new Set([...Object.keys(tables), ...Object.keys(now)])].sort();
    return names
      .map((table) => ({
        service,
        table,
        before: tables[table]?.rows ?? null,
        after: now[table]?.rows ?? null,
      }))
      .filter((change) => change.before !== change.after);
  });
}

function onlyOne(services: readonly string[]): string {
  const [service, ...others] = services;
  if (service !== undefined && others.length === 0) return service;
  throw new MigratorError(
    'BAD_OPTION',
    '--from is the database of one service: name the one it belongs to, and no other.',
  );
}

/** What `migrate` could not plan cannot be rehearsed. */
function refuseErrors({ errors }: Planned): void {
  if (errors.size === 0) return;
  const reasons = [...new Set([...errors.values()].map(({ message }) => message))];
  throw new MigratorError(
    'REHEARSAL_FAILED',
    `nothing was rehearsed. Mend this first:\n${reasons.join('\n')}`,
  );
}

function changedMeanwhile(service: string): MigratorError {
  return new MigratorError(
    'REHEARSAL_FAILED',
    `${service}: its database changed while its copy was made, and now has migrations to apply. Rehearse again.`,
  );
}

function stepFailed({ id }: PlanStep, error: unknown): MigratorError {
  return new MigratorError(
    'REHEARSAL_FAILED',
    `rehearsing ${id} failed. It ran on a copy: the real databases are untouched.\n${toReportedError(error).message}`,
    { cause: error },
  );
}
