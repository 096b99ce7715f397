/** `backup`: a backup of each service's database, checked by restoring it when that is asked for. */
import pLimit from 'p-limit';
import type { StoredBackup } from '../../backup/backup-store';
import { takeTurn } from '../../backup/backup-turn';
import { chooseWay } from '../../backup/take-backup';
import { verifyBackup } from '../../backup/verify-backup';
import type { MigratorConfig } from '../../config';
import { MigratorError, toServiceError } from '../../errors';
import type { RunEvent } from '../../model';
import { describeUrl } from '../../pg/connection-url';
import { SQLSTATE, sqlstateOf } from '../../pg/sqlstate';
import { refuseUnknown } from '../../read/read-state';
import { EXIT } from '../../report/run-report';
import { backUpService, backupRequest } from '../back-up-service';
import { nxBatch } from '../nx-batch';
import { nxExecutor } from '../nx-executor';
import type { Invocation, VerbResult } from '../verb';

export interface BackupOptions {
  readonly verify: boolean;
  readonly keep?: number;
  readonly json: boolean;
}

export async function backupVerb(invocation: Invocation<BackupOptions>): Promise<VerbResult> {
  const { config, services, options, output } = invocation;
  refuseUnknown(config, services);
  const show = output.progress('up');
  const failures = new Map<string, string>();
  const limit = pLimit(config.parallel);
  const backups = await Promise.all(
    services.map((service) =>
      limit(async () => {
        try {
          return [await backUp(config, service, options, show)];
        } catch (error) {
          failures.set(service, toServiceError(service, error).message);
          return [];
        }
      }),
    ),
  );
  if (options.json) {
    const manifests = backups.flat().map(({ manifest }) => manifest);
    output.print(
      JSON.stringify({ backups: manifests, failures: Object.fromEntries(failures) }, undefined, 2),
    );
  } else {
    for (const failure of failures.values()) output.print(failure);
  }
  return { exitCode: failures.size > 0 ? EXIT.error : EXIT.ok, failures };
}

async function backUp(
  config: MigratorConfig,
  service: string,
  { verify, keep }: BackupOptions,
  onEvent: (event: RunEvent) => void,
): Promise<StoredBackup> {
  const request = await backupRequest(config, service, 'asked', onEvent);
  const { url, settings } = request;
  const way = await chooseWay(request).catch((error: unknown) => {
    throw sqlstateOf(error) === SQLSTATE.undefinedDatabase ? noDatabase(service, url) : error;
  });
  const turn = await takeTurn(url, service, way.kind, () => request.onWait('another migrator'));
  const backup = await backUpService(request, way, onEvent, keep).finally(() => turn.end());
  if (!verify) return backup;
  await verifyBackup({ backup, url, settings });
  onEvent({ type: 'backup-verified', service, id: backup.manifest.id });
  return backup;
}

function noDatabase(service: string, url: string): MigratorError {
  return new MigratorError(
    'NO_DATABASE',
    `${service}: there is no database ${describeUrl(url, service)}, so there is nothing to back up. Is the URL right?`,
  );
}

export default nxExecutor(backupVerb);
export const batch = nxBatch(backupVerb);
