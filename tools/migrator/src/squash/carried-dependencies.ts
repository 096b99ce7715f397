/** Pure: what the squash waits for in other services, as its members did; and that it does not wait for itself by that. */
import { MigratorError } from '../errors';
import type { Migration, Service } from '../model';
import { circleBehind } from '../plan/circle-behind';
import { newDatabaseRoad, parseReference, type WorkspaceState } from '../plan/service-state';
import { isNamed } from '../plan/squashes';
import type { SquashRange } from './squash-range';

/** All migrations of each service, in order. */
export type Folders = ReadonlyMap<Service, readonly Migration[]>;

/**
 * @param name of the squash, without its timestamp
 * @throws MigratorError CANNOT_SQUASH when other services wait for one member and another member for them; MIGRATION_NOT_FOUND
 */
export function carriedDependencies(
  { members, timestamp }: SquashRange,
  name: string,
  folders: Folders,
): readonly string[] {
  const { service } = members[0]!;
  const isMember = (reference: string) => {
    const parsed = parseReference(reference);
    return parsed?.service === service && members.some((member) => isNamed(member, parsed.name));
  };
  const all = new Set(members.flatMap(({ dependsOn }) => dependsOn));
  const dependsOn = [...all].filter((reference) => !isMember(reference));
  const squash: Migration = {
    ...members.at(-1)!,
    name: `${name}${timestamp}`,
    timestamp,
    file: `the squash ${name}`,
    dependsOn,
    replaces: members.map((member) => member.name),
  };
  refuseCircle(squash, folders);
  return dependsOn;
}

/** A new database has the most edges: elsewhere some of these migrations are applied, and need no waiting for. */
function refuseCircle(squash: Migration, folders: Folders): void {
  const circle = circleBehind(newDatabases(squash, folders), squash);
  if (!circle) return;
  throw new MigratorError(
    'CANNOT_SQUASH',
    `${squash.service}: these migrations go back and forth with other services. As one they would wait for themselves:\n` +
      `  ${circle}\n` +
      'Squash what comes before and what comes after apart from each other (--from, --to).',
  );
}

function newDatabases(squash: Migration, folders: Folders): WorkspaceState {
  return new Map(
    [...folders].map(([service, folder]) => {
      const isOwn = service.name === squash.service;
      const files = isOwn ? [...folder, squash].sort((a, b) => a.timestamp - b.timestamp) : folder;
      const ledger = { service: service.name, state: 'empty', applied: [] } as const;
      return [service.name, { service, files, ledger, migrations: newDatabaseRoad(service.name, files) }];
    }),
  );
}
