/**
 * Pure: (what was read, what was asked for) -> the plan of a `migrate`. Decides which migrations run, in which
 * order and what each waits for; runs nothing.
 */
import { MigratorError, toReportedError } from '../errors';
import { drawCycle, findCycle } from '../graph/cycle';
import { declaredEdges, migrationGraph } from '../graph/migration-graph';
import { closure, topologicalOrder } from '../graph/order';
import type { Gate, Migration, Plan, PlanStep, ReportedError } from '../model';
import { withoutBlocked } from './blocked';
import { detectDrift } from './drift';
import { heldMigrations, isClosed, without } from './gates';
import { pendingChains } from './pending-chains';
import { idOf, migrationsById, parseReference, type WorkspaceState } from './service-state';
import { isNamed } from './squashes';
import { recordedSquashes, toStep } from './step';

export interface UpRequest {
  /** Services asked for; what they depend on comes with them. */
  readonly services: readonly string[];
  /** Stop after this migration: `Name`, or `<service>:Name` when several services have one of that name. */
  readonly to?: string;
  /** The gates that are open. */
  readonly allow?: readonly Gate[];
  /** Plan for the services asked for and no others; refuse when that is not possible. */
  readonly alone?: boolean;
}

export interface UpPlan {
  readonly plan: Plan;
  /** Why a service is not in the plan, by service. */
  readonly errors: ReadonlyMap<string, ReportedError>;
}

/**
 * Plans what can be planned: a service whose migrations contradict themselves is left out with what waits for it.
 * @throws MigratorError MIGRATION_NOT_FOUND when `to` names none, PREREQUISITE_PENDING when `alone` is not possible
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
  const recorded = recordedSquashes(state);
  const chains = pendingChains(state);
  const declared = declaredEdges(chains);
  const cycle = findCycle(declared);
  if (cycle) throw cycleError(cycle, pending);

  const asked = targets(state, request);
  const wanted = [...closure(declared, asked)];
  const isHeld = (id: string) => isClosed(pending.get(id)!, request.allow ?? []) && !recorded.has(id);
  const heldOf = (ids: readonly string[]) => heldMigrations(declared, ids.filter(isHeld), pending);
  // Also of what nobody asked for: a service comes along, for the sake of its project's order, with all that is pending in it.
  const waiting = new Set(heldOf([...pending.keys()]).flatMap(({ id, holds }) => [id, ...holds]));

  const services = [...state.values()].map(({ service }) => service);
  // Only what is declared waits behind a closed gate; a service does not, for the sake of its project's order alone.
  const graph = migrationGraph(services, without(chains, waiting));
  // What a held migration waits for runs all the same, unless that is another service's and this one goes alone.
  const goals = (request.alone ? asked : wanted).filter((id) => !waiting.has(id));
  const reached = closure(graph, goals);
  const steps = topologicalOrder(graph)
    .filter((id) => reached.has(id))
    .map((id): PlanStep =>
      toStep(pending.get(id)!, graph.get(id) ?? [], recorded.has(id) ? 'record' : 'run'),
    );
  return Object.freeze({
    direction: 'up',
    services: [...state.keys()],
    steps: request.alone ? aloneOrRefused(steps, request.services) : steps,
    held: heldOf(wanted),
    drift: [...state.values()].flatMap(({ files, ledger }) => detectDrift(files, ledger)),
  });
}

/** @throws MigratorError PREREQUISITE_PENDING when a step waits for one of a service that is left out */
function aloneOrRefused(steps: readonly PlanStep[], services: readonly string[]): PlanStep[] {
  const [missing, ...more] = steps.filter(({ service }) => !services.includes(service));
  if (!missing) return [...steps];
  const others = more.length > 0 ? ` and ${more.length} more` : '';
  throw new MigratorError(
    'PREREQUISITE_PENDING',
    `--only ${services.join(' ')}: its migrations wait for ${missing.id}${others}, which --only leaves out. Migrate first: ` +
      `--only ${[...new Set([missing, ...more].map(({ service }) => service))].join(' ')}`,
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
