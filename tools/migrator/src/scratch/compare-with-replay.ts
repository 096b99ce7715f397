/**
 * A live database's schema against the one that migrations make in a scratch database. Reads the live one as it is, so what
 * somebody added by hand is a difference; what the operators of a database decide (grants, storage, extensions) is none.
 *
 * Expressions can be the same and print differently: Postgres prints one that was read from its own print, as after a
 * restore, with other brackets. So where checks, defaults, views or indexes differ, the live print is read into a copy of the
 * scratch database and compared with the scratch database's own print, read once more.
 */
import { escapeIdentifier, type Client } from 'pg';
import { compareCatalogs, describeChange, type Change } from '../catalog/compare-catalogs';
import { compareDefinitions } from '../catalog/definitions';
import { readCatalog, useDefaultPath } from '../catalog/read-catalog';
import { readSchema, withoutOperatorsChoices, type Schema } from '../catalog/schema';
import type { Migration } from '../model';
import { withConnection } from '../pg/connect';
import { queryOf } from '../pg/query';
import { replay } from './replay';
import { quotedName } from '../catalog/quoted-name';
import { withScratch, type ScratchDatabases } from './scratch-database';
import { settle } from './settle-expressions';

/** As it is to be given to `differencesFromReplay`. The session keeps the default search_path from then on. */
export async function readLiveSchema(client: Client): Promise<Schema> {
  const query = queryOf(client);
  await useDefaultPath(query);
  return withoutOperatorsChoices(await readSchema(query));
}

/**
 * One line for each difference of the live schema from what the migrations make.
 * @param url any database on the server where scratch databases are made
 * @throws MigratorError MIGRATION_FAILED, CANNOT_CREATE_DATABASE, CANNOT_CONNECT
 */
export async function differencesFromReplay(
  url: string,
  service: string,
  live: Schema,
  migrations: readonly Migration[],
): Promise<string[]> {
  return withScratch(url, service, async (scratch) => {
    const replayed = await scratch.create();
    await replay(replayed, service, migrations);
    const expected = await withConnection(replayed, service, readLiveSchema);
    const changes = compareCatalogs(live.catalog, expected.catalog);
    const unlike = changes.some(isExpression)
      ? await withoutSame(scratch, service, replayed, live, changes)
      : changes;
    return [...unlike.map(describeChange), ...compareDefinitions(live.definitions, expected.definitions)];
  });
}

function isExpression(change: Change): boolean {
  return (
    change.kind === 'constraint-changed' ||
    (change.kind === 'index-changed' && change.aspect === 'definition') ||
    (change.kind === 'view-changed' && change.aspect === 'definition') ||
    (change.kind === 'column-changed' &&
      change.aspect === 'default' &&
      change.from !== null &&
      change.to !== null)
  );
}

async function withoutSame(
  scratch: ScratchDatabases,
  service: string,
  replayed: string,
  live: Schema,
  changes: readonly Change[],
): Promise<Change[]> {
  const copy = await scratch.copy(replayed);
  const asLive = await withConnection(copy, service, async (client) => {
    for (const change of changes.filter(isExpression)) await readIn(client, live, change);
    return readCatalog(queryOf(client));
  });
  const settled = await withConnection(replayed, service, async (client) => {
    await settle(queryOf(client));
    return readCatalog(queryOf(client));
  });
  const unlike = new Set(compareCatalogs(asLive, settled).filter(isExpression).map(placeOf));
  return changes.filter((change) => !isExpression(change) || unlike.has(placeOf(change)));
}

/** Gives the copy what the live database has. One that cannot be is a difference in any case. */
async function readIn(client: Client, live: Schema, change: Change): Promise<void> {
  const statement = statementFor(live, change);
  if (statement === undefined) return;
  try {
    await client.query('BEGIN');
    await client.query(statement);
    await client.query('COMMIT');
  } catch {
    // The expression needs something that the migrations do not make: it stays as it was, and is told as a difference.
    await client.query('ROLLBACK');
  }
}

function statementFor({ catalog }: Schema, change: Change): string | undefined {
  if (change.kind === 'view-changed') {
    const view = catalog.views[change.name]!;
    // What a materialized view reads cannot be replaced while it keeps its rows.
    return view.materialized ? undefined : `CREATE OR REPLACE VIEW ${quotedName(view)} AS ${view.definition}`;
  }
  const table = 'table' in change ? catalog.tables[change.table] : undefined;
  if (!table) return undefined;
  const alter = `ALTER TABLE ${quotedName(table)}`;
  if (change.kind === 'constraint-changed') {
    const name = escapeIdentifier(change.name);
    return `${alter} DROP CONSTRAINT ${name}, ADD CONSTRAINT ${name} ${table.constraints[change.name]!.definition}`;
  }
  if (change.kind === 'column-changed')
    return `${alter} ALTER COLUMN ${escapeIdentifier(change.column)} SET DEFAULT ${change.from}`;
  if (change.kind === 'index-changed') {
    const index = quotedName({ schema: table.schema, name: change.name });
    return `DROP INDEX ${index}; ${table.indexes[change.name]!.definition}`;
  }
  return undefined;
}

function placeOf(change: Change): string {
  return JSON.stringify([
    change.kind,
    'table' in change && change.table,
    'column' in change && change.column,
    'name' in change && change.name,
  ]);
}
