/** `backup-list`: the backups of each service, the newest first. Reads the folder of backups, and no database. */
import { listBackups } from '../../backup/backup-store';
import { totalRows, type BackupManifest } from '../../backup/manifest';
import { refuseUnknown } from '../../read/read-state';
import { size } from '../../report/size';
import { table } from '../../report/table';
import { nxBatch } from '../nx-batch';
import { nxExecutor } from '../nx-executor';
import { SUCCESS, type Invocation, type VerbResult } from '../verb';

export interface BackupListOptions {
  readonly json: boolean;
}

export async function backupListVerb({
  config,
  services,
  options,
  output,
}: Invocation<BackupListOptions>): Promise<VerbResult> {
  refuseUnknown(config, services);
  const { folder } = config.backups;
  const lists = await Promise.all(services.map((service) => listBackups(folder, service)));
  const manifests = lists.flat().map(({ manifest }) => manifest);
  if (options.json) output.print(JSON.stringify(manifests, undefined, 2));
  else output.print(manifests.length > 0 ? renderBackups(manifests) : `There are no backups in ${folder}.`);
  return SUCCESS;
}

function renderBackups(manifests: readonly BackupManifest[]): string {
  return table(
    ['service', 'backup', 'of', 'taken', 'kind', 'size', 'rows', 'migrations', 'verified', 'why'],
    manifests.map((manifest) => [
      manifest.service,
      manifest.id,
      manifest.origin,
      moment(manifest.createdAt),
      manifest.kind,
      size(manifest.bytes),
      String(totalRows(manifest.tables)),
      String(manifest.migrations.length),
      manifest.verifiedAt ? moment(manifest.verifiedAt) : 'no',
      manifest.reason,
    ]),
  );
}

/** `2026-11-22 19:45 UTC` */
function moment(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

export default nxExecutor(backupListVerb);
export const batch = nxBatch(backupListVerb);
