/**
 * Pure: (what was read, what was asked for) -> the plan of a `migration-revert`: the newest first, and never a
 * migration that another applied migration, in whatever service, still depends on.
 */
import { MigratorError } from '../errors';
import { declaredEdges, migrationGraph, type Chains } from '../graph/migration-graph';
import { closure, reversed, topologicalOrder } from '../graph/order';
import type { AppliedMigration, Migration, Plan } from '../model';
import { detectDrift } from './drift';
import { resolveReference } from './resolve-reference';
import {
  idOf,
  migrationsById,
  parseReference,
  type ServiceState,
  type WorkspaceState,
} from './service-state';
import { isNamed } from './squashes';
import { recordedSquashes, toStep } from './step';

export interface DownRequest {
  readonly services: readonly string[];
  /** How many of each service's newest migrations to revert. */
  readonly steps: number;
  /** Revert everything applied after this migration, which stays. Overrides `steps`. */
  readonly to?: string;
  /** Revert the migrations of other services that depend on these, too. */
  readonly withDependents: boolean;
}

/**
 * `state` must hold every service, with its applied migrations loaded.
 * @throws MigratorError DEPENDENTS_APPLIED, MIGRATION_MISSING_ON_DISK, MIGRATION_NOT_FOUND.
 */
export function planDown(state: WorkspaceState, request: DownRequest): Plan {
  const chains = appliedChains(state);
  const asked = new Set(request.services.flatMap((name) => newest(state.get(name), request)));
  const reverting = closure(reversed(declaredEdges(chains)), asked);
  if (!request.withDependents) refuseDependents(asked, reverting);
  for (const service of state.values()) refuseMissing(service, reverting);

  const services = [...state.values()].map(({ service }) => service);
  const successors = reversed(migrationGraph(services, restricted(chains, reverting)));
  const applied = migrationsById(state);
  const recorded = recordedSquashes(state);
  return Object.freeze({
    direction: 'down',
    services: [...state.keys()],
    steps: topologicalOrder(successors).map((id) =>
      toStep(applied.get(id)!, successors.get(id) ?? [], recorded.has(id) ? 'record' : 'run'),
    ),
    held: [],
    drift: [...state.values()].flatMap(({ files, ledger }) => detectDrift(files, ledger)),
  });
}

/** In the order of application: what ran last goes first, also where that was out of order. */
function appliedChains(state: WorkspaceState): Chains {
  return new Map(
    [...state.values()].map(({ service, ledger, migrations }) => {
      const byName = new Map(migrations.map((migration) => [migration.name, migration]));
      const inOrder = ledger.applied.flatMap(({ name }) => byName.get(name) ?? []);
      return [
        service.name,
        inOrder.map((migration) => ({ id: idOf(migration), dependsOn: dependsOn(state, migration) })),
      ];
    }),
  );
}

function restricted(chains: Chains, ids: ReadonlySet<string>): Chains {
  return new Map(
    [...chains].map(([service, chain]) => [
      service,
      chain
        .filter(({ id }) => ids.has(id))
        .map(({ id, dependsOn }) => ({ id, dependsOn: dependsOn.filter((other) => ids.has(other)) })),
    ]),
  );
}

function dependsOn(state: WorkspaceState, migration: Migration): string[] {
  return migration.dependsOn.map((reference) => idOf(resolveReference(state, migration, reference)));
}

function newest(state: ServiceState | undefined, { to, steps }: DownRequest): string[] {
  if (!state) return [];
  const { service, ledger } = state;
  const reverting = to === undefined ? ledger.applied.slice(-steps) : after(state, to);
  return reverting.map(({ name }) => idOf({ service: service.name, name }));
}

/** Neither what is to be reverted nor anything that was applied after it may be without its file. */
function refuseMissing({ service, ledger, migrations }: ServiceState, reverting: ReadonlySet<string>): void {
  const first = ledger.applied.findIndex(({ name }) => reverting.has(idOf({ service: service.name, name })));
  if (first < 0) return;
  const loaded = new Set(migrations.map((migration) => migration.name));
  const missing = ledger.applied.slice(first).find(({ name }) => !loaded.has(name));
  if (!missing) return;
  throw new MigratorError(
    'MIGRATION_MISSING_ON_DISK',
    `${service.name}: ${missing.name} is applied, but its file is not in ${service.root}/src/migrations, so nobody knows ` +
      'how to revert it. Check out the version of the code that has it, and revert from there.',
  );
}

function after({ service, ledger }: ServiceState, to: string): readonly AppliedMigration[] {
  const parsed = parseReference(to) ?? { service: service.name, name: to };
  if (parsed.service !== service.name) return [];
  const index = ledger.applied.findIndex((migration) => isNamed(migration, parsed.name));
  if (index >= 0) return ledger.applied.slice(index + 1);
  throw new MigratorError(
    'MIGRATION_NOT_FOUND',
    `--to ${to} names no applied migration of ${service.name}. \`migration-status\` lists them.`,
  );
}

function refuseDependents(asked: ReadonlySet<string>, dependents: ReadonlySet<string>): void {
  const others = [...dependents].filter((id) => !asked.has(id)).sort();
  if (others.length === 0) return;
  throw new MigratorError(
    'DEPENDENTS_APPLIED',
    `reverting ${[...asked].join(', ')} would take away what these applied migrations depend on:\n  ${others.join('\n  ')}\n` +
      'Revert them first, or add --with-dependents to revert them with it, in the right order.',
  );
}
