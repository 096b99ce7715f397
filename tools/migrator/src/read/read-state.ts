/**
 * Source and ledger of every service that a run is about -> `WorkspaceState`. It begins with the services asked for and
 * what they depend on, and follows each `dependsOn` into services nobody asked for, until nothing new turns up.
 *
 * A service that cannot be read does not stop the others: its error is kept, and it and what depends on it are
 * left out of the state.
 */
import { MigratorError, toServiceError } from '../errors';
import { drawCycle, findCycle, type Predecessors } from '../graph/cycle';
import { closure, topologicalOrder } from '../graph/order';
import { readLedger } from '../ledger/ledger';
import type { Ledger, MigrationFile, ReportedError, Service } from '../model';
import { connectIfExists } from '../pg/create-database';
import { queryOf } from '../pg/query';
import { withoutBlocked } from '../plan/blocked';
import { pendingFiles, servicesNamedBy, type ServiceState, type WorkspaceState } from '../plan/service-state';
import { loadMigration } from '../source/load-migration';
import type { Scanner } from '../source/scan-migrations';
import type { MigratorConfig } from '../config';

/** Which of a service's migrations a run has to load. */
export type Selection = (files: readonly MigrationFile[], ledger: Ledger) => MigrationFile[];

export const selectPending: Selection = pendingFiles;
export const selectApplied: Selection = (files, ledger) => {
  const applied = new Set(ledger.applied.map((migration) => migration.name));
  return files.filter((file) => applied.has(file.name));
};

export interface ReadOutcome {
  readonly state: WorkspaceState;
  readonly errors: ReadonlyMap<string, ReportedError>;
}

/** Reads a service's ledger. */
export type LedgerReader = (service: string) => Promise<Ledger>;

/** Where the two halves of the state come from. */
export interface StateSources {
  readonly scan: Scanner;
  /** When left out, one that connects for the purpose. */
  readonly ledgerOf?: LedgerReader;
}

export async function readState(
  config: MigratorConfig,
  requested: readonly string[],
  select: Selection,
  { scan, ledgerOf = (service) => readLedgerOf(config, service) }: StateSources,
): Promise<ReadOutcome> {
  refuseUnknown(config, requested);
  const projects = new Map(config.services.map((service) => [service.name, service]));
  const edges = new Map(config.services.map((service) => [service.name, service.dependsOn]));
  const read = new Map<string, ServiceState>();
  const cycles = projectCycles(config.services, edges);
  const errors = new Map<string, ReportedError>();
  for (let next = [...closure(edges, requested)]; next.length > 0;) {
    for (const name of next) if (cycles.has(name)) errors.set(name, cycles.get(name)!);
    const services = next.filter((name) => !errors.has(name)).flatMap((name) => projects.get(name) ?? []);
    await Promise.all(
      services.map(async (service) => {
        try {
          read.set(service.name, await readService(service, select, scan, ledgerOf));
        } catch (error) {
          errors.set(service.name, toServiceError(service.name, error));
        }
      }),
    );
    const named = services.flatMap(({ name }) => servicesNamedBy(read.get(name)?.migrations ?? []));
    next = [...closure(edges, named)].filter(
      (name) => projects.has(name) && !read.has(name) && !errors.has(name),
    );
  }
  const order = topologicalOrder(withoutNodes(edges, cycles)).flatMap((name) => read.get(name) ?? []);
  return {
    state: withoutBlocked(new Map(order.map((state) => [state.service.name, state])), errors),
    errors,
  };
}

/** Connects only to read; a missing database stays missing. */
export async function readLedgerOf(config: MigratorConfig, service: string): Promise<Ledger> {
  const client = await connectIfExists(await config.databaseUrl(service), service);
  if (!client) return { service, state: 'missing-database', applied: [] };
  try {
    return await readLedger(service, queryOf(client));
  } finally {
    await client.end();
  }
}

async function readService(
  service: Service,
  select: Selection,
  scan: Scanner,
  ledgerOf: LedgerReader,
): Promise<ServiceState> {
  const [files, ledger] = await Promise.all([scan(service), ledgerOf(service.name)]);
  if (ledger.state === 'foreign') throw notAdopted(service);
  return { service, files, ledger, migrations: select(files, ledger).map(loadMigration) };
}

/** @throws MigratorError SERVICE_NOT_FOUND, naming those there are */
export function refuseUnknown({ services }: MigratorConfig, requested: readonly string[]): void {
  const names = services.map(({ name }) => name);
  const unknown = requested.filter((name) => !names.includes(name));
  if (unknown.length === 0) return;
  throw new MigratorError(
    'SERVICE_NOT_FOUND',
    `there is no service ${unknown.join(', ')}. A service is a project in apps/ with a src/data-source.ts; there are: ` +
      `${names.join(', ') || 'none'}.`,
  );
}

/** Services that depend on each other, each with its error. */
function projectCycles(services: readonly Service[], edges: Predecessors): Map<string, ReportedError> {
  const errors = new Map<string, ReportedError>();
  for (let cycle = findCycle(edges); cycle; cycle = findCycle(withoutNodes(edges, errors))) {
    const on = new Set(cycle);
    const files = services.filter(({ name }) => on.has(name)).map(({ root }) => `${root}/project.json`);
    const message =
      `these services depend on each other, so none can be migrated first:\n  ${drawCycle(cycle)}\n` +
      `Remove one of the implicitDependencies. The files:\n  ${files.join('\n  ')}`;
    for (const name of cycle) errors.set(name, { code: 'DEPENDENCY_CYCLE', message });
  }
  return errors;
}

function withoutNodes(edges: Predecessors, nodes: ReadonlyMap<string, unknown>): Predecessors {
  const kept = [...edges].filter(([name]) => !nodes.has(name));
  return new Map(kept.map(([name, before]) => [name, before.filter((other) => !nodes.has(other))]));
}

function notAdopted(service: Service): MigratorError {
  return new MigratorError(
    'DATABASE_NOT_ADOPTED',
    `${service.name}: its database has tables, but no record of migrations, so nobody knows which of them already ran. ` +
      'Such a database is never touched. If it is the wrong database, correct the URL; if it is the right one, its baseline must be ' +
      'recorded first (`migration-adopt`).',
  );
}
