/** A workspace's migrations -> the SQL that they send, recorded by running them once in scratch databases. */
import type { Migration } from '@hockey-hub/migrator/src/model';
import { replay } from '@hockey-hub/migrator/src/scratch/replay';
import { withScratchDatabases } from '@hockey-hub/migrator/src/scratch/scratch-database';
import { loadMigration } from '@hockey-hub/migrator/src/source/load-migration';
import { scanMigrations } from '@hockey-hub/migrator/src/source/scan-migrations';
import type { ContenderContext } from './contenders/contender';

export interface RecordedService {
  readonly service: string;
  readonly migrations: readonly { readonly name: string; readonly statements: readonly string[] }[];
}

/** In the order of the workspace's services. */
export async function recordServices({ workspace, serverUrl }: ContenderContext): Promise<RecordedService[]> {
  const recorded: RecordedService[] = [];
  for (const service of workspace.services) {
    const files = await scanMigrations(workspace.root, service);
    const migrations = files.map((file): Migration => loadMigration(file));
    await withScratchDatabases(serverUrl, service.name, 1, async (url) => {
      const replayed = await replay(url, service.name, migrations);
      recorded.push({
        service: service.name,
        migrations: replayed.map(({ migration, statements }) => ({ name: migration.name, statements })),
      });
    });
  }
  return recorded;
}
