/** What a plan is made of: everything that was read about each service before planning. */
import type { Ledger, Migration, MigrationFile, Service } from '../model';
import { squashesOf } from './squashes';

export interface ServiceState {
  readonly service: Service;
  /** All of the folder, in the order of timestamps. */
  readonly files: readonly MigrationFile[];
  readonly ledger: Ledger;
  /** Loaded: the pending ones when migrating, the applied ones when reverting. */
  readonly migrations: readonly Migration[];
}

/** By service name, in dependency order. */
export type WorkspaceState = ReadonlyMap<string, ServiceState>;

/** The id of a migration across services. */
export function idOf({ service, name }: Pick<MigrationFile, 'service' | 'name'>): string {
  return `${service}:${name}`;
}

/** The loaded migrations of all services. */
export function migrationsById(state: WorkspaceState): Map<string, Migration> {
  return new Map([...state.values()].flatMap(({ migrations }) => migrations.map((m) => [idOf(m), m])));
}

/** The services that the `dependsOn` of these migrations name. */
export function servicesNamedBy(migrations: readonly Migration[]): string[] {
  return migrations.flatMap(({ dependsOn }) =>
    dependsOn.flatMap((reference) => parseReference(reference)?.service ?? []),
  );
}

/**
 * Files that the ledger does not have and no squash stands for, in the order of timestamps.
 * @throws MigratorError as `squashesOf`
 */
export function pendingFiles<File extends MigrationFile>(files: readonly File[], ledger: Ledger): File[] {
  const applied = new Set(ledger.applied.map((migration) => migration.name));
  const { supersededBy } = squashesOf(files, ledger);
  return files.filter(({ name }) => !applied.has(name) && !supersededBy.has(name));
}

/** What a new database runs, in order: squashes in the place of what they stand for. */
export function newDatabaseRoad<File extends MigrationFile>(service: string, files: readonly File[]): File[] {
  return pendingFiles(files, { service, state: 'empty', applied: [] });
}

/** `training-service:AddTeams` -> its two parts; undefined when it has no service. */
export function parseReference(reference: string): { service: string; name: string } | undefined {
  const [service, name, ...rest] = reference.split(':');
  return service && name && rest.length === 0 ? { service, name } : undefined;
}
