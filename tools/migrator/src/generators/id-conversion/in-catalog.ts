/** Where a generator reads tables: the services' own databases, or their migrations replayed in scratch databases. */
import type { MigratorConfig } from '../../config';
import { conversionDatabaseOver } from '../../conversion/conversion-database-over';
import { MigratorError } from '../../errors';
import { withConnection } from '../../pg/connect';
import { connectIfExists } from '../../pg/create-database';
import { refuseUnknown } from '../../read/read-state';
import { replay } from '../../scratch/replay';
import { withScratch } from '../../scratch/scratch-database';
import { loadMigration } from '../../source/load-migration';
import { scanMigrations } from '../../source/scan-migrations';
import type { InCatalog } from './declare-conversion';

/** Throws what connecting throws, and MigratorError SERVICE_NOT_FOUND, NO_DATABASE. */
export const inLiveCatalog =
  (config: MigratorConfig): InCatalog =>
  async (service, work) => {
    refuseUnknown(config, [service]);
    const url = await config.databaseUrl(service);
    const client = await connectIfExists(url, service);
    if (!client) {
      throw new MigratorError(
        'NO_DATABASE',
        `${service} has no database yet. Run \`migrate\` first, or read its migrations instead: --catalog replayed`,
      );
    }
    try {
      return await work(conversionDatabaseOver(client, service, url));
    } finally {
      await client.end();
    }
  };

/** Throws what replaying throws, and MigratorError SERVICE_NOT_FOUND, CANNOT_CREATE_DATABASE. */
export const inReplayedCatalog =
  (config: MigratorConfig): InCatalog =>
  async (service, work) => {
    refuseUnknown(config, [service]);
    const project = config.services.find(({ name }) => name === service)!;
    const migrations = (await scanMigrations(config.workspaceRoot, project)).map(loadMigration);
    return withScratch(await config.databaseUrl(service), service, async (scratch) => {
      const url = await scratch.create();
      await replay(url, service, migrations);
      return withConnection(url, service, (client) => work(conversionDatabaseOver(client, service, url)));
    });
  };
