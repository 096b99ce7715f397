/** One service's migrations -> its CHANGELOG.md and SCHEMA.md as they should be. */
import { readHistory } from '../../changelog/history';
import type { GitHistory } from '../../changelog/git-history';
import { checkAnnouncement, releaseReader } from '../../changelog/releases';
import { recordedReleases, renderChangelog } from '../../changelog/render-changelog';
import { renderSchema } from '../../changelog/render-schema';
import type { MigratorConfig } from '../../config';
import type { Service } from '../../model';
import { loadMigration } from '../../source/load-migration';
import { isLegacy, scanMigrations } from '../../source/scan-migrations';
import { readDocument, type Document } from './document';

export interface Releases {
  /** Undefined where there is none, and only a check is asked for. */
  readonly git?: GitHistory;
  /** The release to come. */
  readonly announced?: string;
}

/** @throws MigratorError for a migration that cannot be loaded or fails, for a server that cannot be used, BAD_OPTION */
export async function documentsOfService(
  { workspaceRoot, databaseUrl }: MigratorConfig,
  service: Service,
  { git, announced }: Releases,
): Promise<Document[]> {
  if (git && announced !== undefined) checkAnnouncement(announced, service.name, git);
  const path = `${service.root}/CHANGELOG.md`;
  const [files, written] = await Promise.all([
    scanMigrations(workspaceRoot, service),
    readDocument(workspaceRoot, path),
  ]);
  const { entries, catalog } = await readHistory(
    await databaseUrl(service.name),
    service.name,
    // What was before the platform was never released: its clients did not know it.
    files.filter((file) => !isLegacy(file)).map(loadMigration),
  );
  const releaseOf = releaseReader(service.name, {
    git,
    announced,
    recorded: recordedReleases(written ?? ''),
  });
  const released = entries.map((entry) => ({ ...entry, release: releaseOf(entry.migration) }));
  return [
    { path, text: renderChangelog(service, released) },
    { path: `${service.root}/SCHEMA.md`, text: renderSchema(service, catalog) },
  ];
}
