/**
 * Pure: (what was read, what was asked for) -> the plan of a `migrate`. Decides which migrations run, in which
 * order and what each waits for; runs nothing.
 */
import { MigratorError, toReportedError } from '../errors';
import { drawCycle, findCycle } from '../graph/cycle';
import { declaredEdges, migrationGraph, type Chains } from '../graph/migration-graph';
import { closure, topologicalOrder } from '../graph/order';
import type { Migration, Plan, PlanStep, ReportedError } from '../model';
import { withoutBlocked } from './blocked';
import { detectDrift } from './drift';
import {
  idOf,
  isNamed,
  migrationsById,
  parseReference,
  resolveReference,
  type WorkspaceState,
} from './service-state';

export interface UpRequest {
  /** Services asked for; what they depend on comes with them. */
  readonly services: readonly string[];
  /** Stop after this migration: `Name`, or `<service>:Name` when several services have one of that name. */
  readonly to?: string;
}

export interface UpPlan {
  readonly plan: Plan;
  /** Why a service is not in the plan, by service. */
  readonly errors: ReadonlyMap<string, ReportedError>;
}

/**
 * Plans what can be planned: a service whose migrations contradict themselves is left out with what waits for it.
 * @throws MigratorError MIGRATION_NOT_FOUND when `to` names none
 */
export function planUp(state: WorkspaceState, request: UpRequest): UpPlan {
  const errors = new Map<string, ReportedError>();
  for (let rest = state; ; rest = withoutBlocked(rest, errors)) {
    try {
      return { plan: planAll(rest, request), errors };
    } catch (error) {
      if (!(error instanceof MigratorError) || !error.services) throw error;
      for (const service of error.services) errors.set(service, toReportedError(error));
    }
  }
}

function planAll(state: WorkspaceState, request: UpRequest): Plan {
  const pending = migrationsById(state);
  const chains = chainsOf(state, pending);
  const cycle = findCycle(declaredEdges(chains));
  if (cycle) throw cycleError(cycle, pending);

  const services = [...state.values()].map(({ service }) => service);
  const graph = migrationGraph(services, chains);
  const wanted = closure(graph, targets(state, request));
  const steps = topologicalOrder(graph)
    .filter((id) => wanted.has(id))
    .map((id): PlanStep => toStep(pending.get(id)!, graph.get(id) ?? []));
  return Object.freeze({
    direction: 'up',
    services: [...state.keys()],
    steps,
    drift: [...state.values()].flatMap(({ files, ledger }) => detectDrift(files, ledger)),
  });
}

export function toStep(migration: Migration, waitsFor: readonly string[]): PlanStep {
  const { service, name, file, checksum, transaction, gate } = migration;
  const unique = [...new Set(waitsFor)].sort();
  return {
    id: idOf(migration),
    service,
    migration: name,
    file,
    checksum,
    transaction,
    gate,
    waitsFor: unique,
  };
}

function chainsOf(state: WorkspaceState, pending: ReadonlyMap<string, Migration>): Chains {
  return new Map(
    [...state.values()].map(({ service, migrations }) => [
      service.name,
      migrations.map((migration) => ({
        id: idOf(migration),
        // What is applied already needs no waiting for.
        dependsOn: migration.dependsOn
          .map((reference) => idOf(resolveReference(state, migration, reference)))
          .filter((id) => pending.has(id)),
      })),
    ]),
  );
}

/** The migrations asked for; the graph's closure adds what they wait for. */
function targets(state: WorkspaceState, { services, to }: UpRequest): string[] {
  const requested = services.flatMap((name) => state.get(name) ?? []);
  if (to === undefined) return requested.flatMap(({ migrations }) => migrations.map(idOf));

  const parsed = parseReference(to) ?? { service: undefined, name: to };
  const found = requested
    .filter(({ service }) => parsed.service === undefined || service.name === parsed.service)
    .flatMap(({ files }) => files.filter((file) => isNamed(file, parsed.name)));
  const [target] = found;
  if (target && found.length === 1) {
    const pending = state.get(target.service)?.migrations ?? [];
    return pending.filter((migration) => migration.timestamp <= target.timestamp).map(idOf);
  }
  throw new MigratorError(
    'MIGRATION_NOT_FOUND',
    target
      ? `--to ${to} is ambiguous: ${found.map((file) => `${file.service}:${parsed.name}`).join(', ')}. Say which.`
      : `--to ${to} names no migration of ${services.join(', ')}. \`migration-status\` lists them.`,
  );
}

function cycleError(cycle: readonly string[], pending: ReadonlyMap<string, Migration>): MigratorError {
  const files = cycle.map((id) => pending.get(id)?.file).join('\n  ');
  const services = [...new Set(cycle.flatMap((id) => pending.get(id)?.service ?? []))];
  return new MigratorError(
    'DEPENDENCY_CYCLE',
    `these migrations wait for each other, so none can run first:\n  ${drawCycle(cycle)}\n` +
      `Remove one dependsOn, or split a migration in two. The files:\n  ${files}`,
    { services },
  );
}
