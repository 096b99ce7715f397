/**
 * What each migration of a service did to its database, one after the other: facts from a scratch database, not from
 * anybody's words. `changelog` owns what is told and what counts as breaking; the databases are the room `scratch`'s.
 *
 * The history is the long road: all that a database of the first day went through. A squash does nothing that was not done
 * before it, and is only told of; see `plan/roads`.
 */
import type { Catalog } from '../catalog/catalog';
import type { Migration, MigrationFile } from '../model';
import { withConnection } from '../pg/connect';
import { queryOf } from '../pg/query';
import { replay } from '../scratch/replay';
import { withScratchDatabases } from '../scratch/scratch-database';
import { roadsOf } from '../plan/roads';
import { harmless, type Fact } from './fact';
import { codes } from './markdown';
import { migrationFacts } from './migration-facts';
import { readSnapshot } from './snapshot';

export interface HistoryEntry {
  readonly migration: MigrationFile;
  readonly facts: readonly Fact[];
}

export interface History {
  /** In the order of the migrations. */
  readonly entries: readonly HistoryEntry[];
  /** After all of them. */
  readonly catalog: Catalog;
}

/**
 * @param url any database on the server; its role needs CREATEDB
 * @param migrations all of the service, in order
 * @throws MigratorError CANNOT_CONNECT or MIGRATION_FAILED
 */
export async function readHistory(
  url: string,
  service: string,
  migrations: readonly Migration[],
): Promise<History> {
  const { long, squashes } = roadsOf(migrations);
  const { entries, catalog } = await withScratchDatabases(url, service, 1, (scratchUrl) =>
    replayed(scratchUrl, service, long),
  );
  const told = squashes.map(({ migration }) => ({
    migration,
    facts: [harmless(`does what ${codes(migration.replaces)} did, all at once`)],
  }));
  const inOrder = [...entries, ...told].sort((a, b) => a.migration.timestamp - b.migration.timestamp);
  return { entries: inOrder, catalog };
}

function replayed(url: string, service: string, migrations: readonly Migration[]): Promise<History> {
  return withConnection(url, service, async (client) => {
    const entries: HistoryEntry[] = [];
    let before = await readSnapshot(queryOf(client));
    for (const migration of migrations) {
      const [recorded] = await replay(url, service, [migration]);
      const after = await readSnapshot(queryOf(client));
      entries.push({ migration, facts: await migrationFacts(before, after, recorded!.statements) });
      before = after;
    }
    return { entries, catalog: before.catalog };
  });
}
