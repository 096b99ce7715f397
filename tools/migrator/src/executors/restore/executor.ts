/** `restore`: a backup of one service -> a database: a new one, the service's own, or one that is only compared. */
import { findBackup, markVerified, type StoredBackup } from '../../backup/backup-store';
import { dropStatement } from '../../backup/backup-id';
import { expectNobodyIn, expectNoDatabase, keepAs, replaceLive } from '../../backup/keep-restored';
import { totalRows } from '../../backup/manifest';
import { withRestored, type RestoreRequest } from '../../backup/restore-backup';
import { expectWhole, verifyBackup } from '../../backup/verify-backup';
import { MigratorError } from '../../errors';
import { databaseName, describeUrl } from '../../pg/connection-url';
import { duration } from '../../report/table';
import { nxExecutor } from '../nx-executor';
import { oneService } from '../one-service';
import { SUCCESS, type Invocation, type VerbResult } from '../verb';

export interface RestoreOptions {
  readonly backup?: string;
  readonly toDatabase?: string;
  readonly replace: boolean;
  readonly verify: boolean;
  readonly dryRun: boolean;
}

/** What the options ask for. */
type Target =
  | { readonly kind: 'new'; readonly database: string }
  | { readonly kind: 'live'; readonly database: string }
  | { readonly kind: 'none' };

export async function restoreVerb(invocation: Invocation<RestoreOptions>): Promise<VerbResult> {
  const { config, options, output } = invocation;
  const { name: service } = oneService(invocation, 'a restore is of one');
  const url = await config.databaseUrl(service);
  const target = readTarget(service, databaseName(url, service), options);
  const origin = describeUrl(url, service);
  const backup = await findBackup(config.backups.folder, { service, origin, id: options.backup });
  // Before hours of restoring, and once more after them.
  if (target.kind === 'new') await expectNoDatabase(url, service, target.database);
  if (target.kind === 'live') await expectNobodyIn(url, service);
  if (options.dryRun) {
    output.print(`${announce(backup, target)}\nDry run: nothing was changed.`);
    return SUCCESS;
  }
  const startedAt = performance.now();
  const request = { backup, url, settings: config.backups };
  const after = await restoreTo(target, request, options);
  const look = options.verify || target.kind === 'none' ? 'counts and checksums agree' : 'row counts agree';
  const took = duration(performance.now() - startedAt);
  output.print([`${done(backup, target)}: ${contentOf(backup)}, ${look}, in ${took}.`, ...after].join('\n'));
  return SUCCESS;
}

/** @returns further lines to print */
async function restoreTo(
  target: Target,
  request: Omit<RestoreRequest, 'owners'>,
  { verify }: RestoreOptions,
): Promise<string[]> {
  const { backup, url } = request;
  const { service } = backup.manifest;
  if (target.kind === 'none') {
    await verifyBackup(request);
    return [];
  }
  return withRestored({ ...request, owners: 'kept' }, async (restored) => {
    await expectWhole(backup, restored, verify ? 'checksums' : 'counts');
    if (verify) await markVerified(backup);
    if (target.kind === 'new') {
      await keepAs(restored, service, target.database);
      return [];
    }
    const old = await replaceLive(restored, url, service);
    return old === undefined
      ? []
      : [`What was there before is kept as ${old}. When nobody needs it any more: ${dropStatement(old)}`];
  });
}

/** @throws MigratorError BAD_OPTION */
function readTarget(service: string, live: string, { toDatabase, replace, verify }: RestoreOptions): Target {
  if (toDatabase !== undefined && replace) {
    throw new MigratorError(
      'BAD_OPTION',
      'choose between --to-database and --replace: a restore has one target.',
    );
  }
  if (toDatabase !== undefined) return { kind: 'new', database: toDatabase };
  if (replace) return { kind: 'live', database: live };
  if (verify) return { kind: 'none' };
  throw new MigratorError(
    'BAD_OPTION',
    `say where ${service}'s backup goes: --to-database <name> to a new database; --replace in the place of ${live}, which is ` +
      'kept under another name; --verify to a scratch database, to see whether it is whole.',
  );
}

function announce(backup: StoredBackup, target: Target): string {
  const what = `Would restore ${describe(backup)} (${contentOf(backup)})`;
  if (target.kind === 'new') return `${what} to the new database ${target.database}.`;
  if (target.kind === 'none')
    return `${what} to a scratch database, compare every table with the backup, and drop it.`;
  return `${what} beside ${target.database}, put it in its place, and keep the present ${target.database} under another name.`;
}

function done(backup: StoredBackup, target: Target): string {
  if (target.kind === 'none') return `${describe(backup)} is whole`;
  const where =
    target.kind === 'new' ? `to the database ${target.database}` : `in the place of ${target.database}`;
  return `Restored ${describe(backup)} ${where}`;
}

function describe({ manifest: { id, service } }: StoredBackup): string {
  return `backup ${id} of ${service}`;
}

function contentOf({ manifest: { tables } }: StoredBackup): string {
  return `${Object.keys(tables).length} table(s), ${totalRows(tables)} row(s)`;
}

export default nxExecutor(restoreVerb);
