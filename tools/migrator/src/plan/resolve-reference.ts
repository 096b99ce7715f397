/**
 * Pure: what a `dependsOn` means for the databases as they are. Where a squash does the work of the migration that is named,
 * it is the squash that is waited for, and that may not be taken away.
 */
import { MigratorError } from '../errors';
import type { Migration, MigrationFile } from '../model';
import { parseReference, type ServiceState, type WorkspaceState } from './service-state';
import { isNamed, namedBy, squashesOf, type Named } from './squashes';

/**
 * The migration that a `dependsOn` names, or the squash that stands for it in its service's database. One that is applied
 * itself stands for itself: a squash of it is only a record, and may go.
 * @throws MigratorError MIGRATION_NOT_FOUND, naming the file that refers to it; as `squashesOf`
 */
export function resolveReference(
  state: WorkspaceState,
  from: Migration,
  reference: string,
): Pick<MigrationFile, 'service' | 'name'> {
  const parsed = parseReference(reference);
  const service = parsed && state.get(parsed.service);
  const found = service && resolveName(service, parsed.name);
  if (found) return { service: parsed.service, name: found.name };
  throw new MigratorError(
    'MIGRATION_NOT_FOUND',
    `${from.service}: ${from.file} depends on "${reference}", which is not there. ` +
      `A dependsOn names a migration of another service as <service>:<Name>, such as user-service:InitialSchema; ` +
      `check the spelling, and that the file is in that service's migrations folder.`,
    { services: [from.service] },
  );
}

function resolveName({ files, ledger }: ServiceState, name: string): Named | undefined {
  const applied = ledger.applied.find((migration) => isNamed(migration, name));
  if (applied) return applied;
  const found = namedBy(files, name);
  return found && (squashesOf(files, ledger).supersededBy.get(found.name) ?? found);
}
