/**
 * Backup first: every database that a plan will change and that holds rows is backed up, all of them before the first change of
 * any. It happens before the run's sessions are opened, because a clone cannot be made of a database that somebody, also this
 * migrator, is connected to:
 *
 *   plan -> turn of each database -> plan again, if anybody else had a turn -> backups -> lock -> plan again -> apply
 *
 * A turn is kept to the end of the run, so that of many migrators one takes the backups. What is planned under the lock is only
 * applied to databases that were backed up or hold no rows.
 */
import pLimit from 'p-limit';
import { takeTurn, type BackupTurn } from '../backup/backup-turn';
import { describeSessions, isMigrator, sessionsIn } from '../backup/sessions-in';
import { onServer } from '../backup/clone-backup';
import { beginSnapshot, holdsRows } from '../backup/table-facts';
import { chooseWay, type BackupRequest, type BackupWay } from '../backup/take-backup';
import type { MigratorConfig } from '../config';
import { MigratorError, toServiceError } from '../errors';
import type { BackupSummary, Plan, PlannedBackup, ReportedError, RunEvent } from '../model';
import { withConnection } from '../pg/connect';
import { databaseName } from '../pg/connection-url';
import { queryOf, type Query } from '../pg/query';
import { notRun } from '../report/run-report';
import { backUpService, backupRequest, describeWay, summaryOf } from './back-up-service';
import type { Planned, Planner, Ran } from './run';

/** By service; a service without one holds no rows. */
export type Backups = ReadonlyMap<string, BackupSummary>;

interface DatabaseWithRows {
  readonly request: BackupRequest;
  readonly way: BackupWay;
}

export interface BackupFirst {
  readonly config: MigratorConfig;
  readonly first: Planned;
  readonly planner: Planner;
  readonly parallel: number;
  readonly onEvent: (event: RunEvent) => void;
}

/** Runs `work` when every backup is taken; when one cannot be, nothing runs, and the outcome says why. */
export async function withBackups(
  { config, first, planner, parallel, onEvent }: BackupFirst,
  work: (planned: Planned, backups: Backups) => Promise<Ran>,
): Promise<Ran> {
  const turns: BackupTurn[] = [];
  try {
    const databases = await databasesWithRows(config, first, onEvent);
    // In the order of names, which is the same for every migrator: two can wait for each other, but never both at once.
    for (const { request, way } of [...databases].sort(byService)) {
      const { url, service, onWait } = request;
      turns.push(await takeTurn(url, service, way.kind, () => onWait('another migrator')));
    }
    const planned = turns.some(({ waited }) => waited) ? await planner() : first;
    const services = new Set(servicesOf(planned.plan));
    if (services.size === 0) return { planned, steps: [], backups: [] };
    const wanted = databases.filter(({ request }) => services.has(request.service));
    const { backups, errors } = await backUpAll(wanted, parallel, onEvent);
    if (errors.size > 0) return nothingChanged(planned, backups, errors);
    return await work(planned, backups);
  } finally {
    await Promise.all(turns.map((turn) => turn.end()));
  }
}

/**
 * Of what is planned under the lock, nothing may touch rows without a backup.
 * @param queryOfService of the session that holds the lock
 * @throws MigratorError PLAN_CHANGED
 */
export async function refuseWithoutBackup(
  { plan }: Planned,
  backups: Backups,
  queryOfService: (service: string) => Query | undefined,
): Promise<void> {
  for (const service of servicesOf(plan)) {
    const query = backups.has(service) ? undefined : queryOfService(service);
    if (query && (await holdsRows(query))) {
      throw new MigratorError(
        'PLAN_CHANGED',
        `${service}: somebody else changed its database after this run was planned, and it holds rows without a backup now. ` +
          'Nothing was changed. Run again.',
      );
    }
  }
}

/** What a dry run says of the backups that the run would take. */
export async function plannedBackups(config: MigratorConfig, planned: Planned): Promise<PlannedBackup[]> {
  const databases = await databasesWithRows(config, planned, () => undefined);
  return Promise.all(
    databases.map(async ({ request: { service, url }, way }) => {
      const database = databaseName(url, service);
      const plannedBackup = { service, database, how: describeWay(way) };
      if (way.kind === 'pg_dump') return plannedBackup;
      const sessions = await onServer(url, service, (query) => sessionsIn(query, database));
      const strangers = sessions.filter((session) => !isMigrator(session));
      return strangers.length > 0
        ? { ...plannedBackup, obstacle: `${describeSessions(strangers)}\n${way.wayOut}` }
        : plannedBackup;
    }),
  );
}

async function databasesWithRows(
  config: MigratorConfig,
  { plan, state }: Planned,
  onEvent: (event: RunEvent) => void,
): Promise<DatabaseWithRows[]> {
  const reason = plan.direction === 'up' ? 'migrate' : 'revert';
  const found = await Promise.all(
    servicesOf(plan)
      // Whatever has rows has tables, and whatever has tables and is planned has a ledger.
      .filter((service) => state.get(service)?.ledger.state === 'present')
      .map(async (service) => {
        const request = await backupRequest(config, service, reason, onEvent);
        if (!(await hasRows(request))) return [];
        return [{ request, way: await chooseWay(request) }];
      }),
  );
  return found.flat();
}

function hasRows({ url, service }: BackupRequest): Promise<boolean> {
  return withConnection(url, service, async (client) => {
    await beginSnapshot(queryOf(client));
    return holdsRows(queryOf(client));
  });
}

async function backUpAll(
  databases: readonly DatabaseWithRows[],
  parallel: number,
  onEvent: (event: RunEvent) => void,
) {
  const limit = pLimit(parallel);
  const backups = new Map<string, BackupSummary>();
  const errors = new Map<string, ReportedError>();
  await Promise.all(
    databases.map(({ request, way }) =>
      limit(async () => {
        const { service } = request;
        try {
          backups.set(service, summaryOf(await backUpService(request, way, onEvent)));
        } catch (error) {
          errors.set(service, toServiceError(service, error));
        }
      }),
    ),
  );
  return { backups, errors };
}

function nothingChanged(
  planned: Planned,
  backups: Backups,
  failures: ReadonlyMap<string, ReportedError>,
): Ran {
  const errors = new Map(planned.errors);
  for (const service of servicesOf(planned.plan)) {
    errors.set(service, {
      code: 'PREREQUISITE_FAILED',
      message: `${service}: nothing was changed, because the backup of ${[...failures.keys()].join(', ')} failed.`,
    });
  }
  for (const [service, error] of failures) errors.set(service, error);
  return { planned: { ...planned, errors }, steps: notRun(planned.plan), backups: [...backups.values()] };
}

function servicesOf({ steps }: Plan): string[] {
  return [...new Set(steps.map(({ service }) => service))];
}

function byService(a: DatabaseWithRows, b: DatabaseWithRows): number {
  return a.request.service < b.request.service ? -1 : 1;
}
