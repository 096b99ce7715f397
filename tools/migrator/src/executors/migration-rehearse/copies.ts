/** Copies of the databases that a plan changes, to rehearse it on; they are there as long as the rehearsal takes. */
import { backupsOf } from '../../backup/backup-store';
import { takeTurn } from '../../backup/backup-turn';
import { withCopy } from '../../backup/copy-database';
import { withRestored } from '../../backup/restore-backup';
import { chooseWay } from '../../backup/take-backup';
import type { MigratorConfig } from '../../config';
import type { RunEvent } from '../../model';
import { describeUrl } from '../../pg/connection-url';
import { withScratchDatabases } from '../../scratch/scratch-database';
import { backUpService, backupRequest } from '../back-up-service';

export interface Copy {
  readonly service: string;
  readonly url: string;
  /** Where its rows come from, in words. */
  readonly source: string;
}

export interface CopySpec {
  readonly service: string;
  /** Whether the real database has anything to copy. */
  readonly exists: boolean;
  /** URL of the database to copy instead of the service's own. */
  readonly from?: string;
  /** Take a backup rather than use the newest. */
  readonly fresh: boolean;
}

/** Runs `work` with a copy of each, and drops them whatever happens. */
export async function withCopies<T>(
  config: MigratorConfig,
  specs: readonly CopySpec[],
  onEvent: (event: RunEvent) => void,
  work: (copies: readonly Copy[]) => Promise<T>,
): Promise<T> {
  const [first, ...rest] = specs;
  if (!first) return work([]);
  return withOneCopy(config, first, onEvent, (copy) =>
    withCopies(config, rest, onEvent, (copies) => work([copy, ...copies])),
  );
}

async function withOneCopy<T>(
  config: MigratorConfig,
  { service, exists, from, fresh }: CopySpec,
  onEvent: (event: RunEvent) => void,
  use: (copy: Copy) => Promise<T>,
): Promise<T> {
  const request = await backupRequest(config, service, 'rehearse', onEvent);
  const { url, settings } = request;
  if (from !== undefined) {
    const source = `a copy of ${describeUrl(from, service)}`;
    return withCopy({ ...request, url: from }, url, (copy) => use({ service, url: copy, source }));
  }
  if (!exists) {
    const source = 'an empty database, as the real one is';
    return withScratchDatabases(url, service, 1, (copy) => use({ service, url: copy, source }));
  }
  const newest = fresh
    ? undefined
    : (await backupsOf(settings.folder, service, describeUrl(url, service)))[0];
  const backup = newest ?? (await takeFresh(request, onEvent));
  const { id, createdAt } = backup.manifest;
  const source = `the backup ${id}, taken ${createdAt.slice(0, 16).replace('T', ' ')} UTC`;
  return withRestored({ backup, url, settings, owners: 'ours' }, (copy) =>
    use({ service, url: copy, source }),
  );
}

async function takeFresh(
  request: Awaited<ReturnType<typeof backupRequest>>,
  onEvent: (event: RunEvent) => void,
) {
  const way = await chooseWay(request);
  const turn = await takeTurn(request.url, request.service, way.kind, () =>
    request.onWait('another migrator'),
  );
  return backUpService(request, way, onEvent).finally(() => turn.end());
}
