/**
 * Does a live database look as its applied migrations made it? Ledger and schema are read in one snapshot, so that a
 * migration that commits meanwhile does not look like drift. Postgres prints definitions as they are at that very moment,
 * whatever the snapshot; so when the ledger has changed by the time everything is read, all is read again.
 */
import type { Client } from 'pg';
import type { Schema } from '../catalog/schema';
import type { MigratorConfig } from '../config';
import { MigratorError } from '../errors';
import { isMigratorAtWork } from '../apply/migrator-lock';
import { readLedger } from '../ledger/ledger';
import type { Ledger, MigrationFile, SchemaDrift } from '../model';
import { connectIfExists } from '../pg/create-database';
import { queryOf } from '../pg/query';
import { appliedRoad } from '../plan/applied-road';
import { differencesFromReplay, readLiveSchema } from '../scratch/compare-with-replay';
import { loadMigration } from '../source/load-migration';

const ATTEMPTS = 5;

/**
 * @param files the service's folder
 * @returns undefined for a database without a ledger
 * @throws MigratorError CANNOT_CONNECT
 */
export async function schemaDriftOf(
  config: MigratorConfig,
  service: string,
  files: readonly MigrationFile[],
): Promise<SchemaDrift | undefined> {
  const url = await config.databaseUrl(service);
  const client = await connectIfExists(url, service);
  if (!client) return undefined;
  try {
    const live = await readLive(client, service);
    if (live === 'changing')
      return notCompared('its migrations are being applied right now; ask again later');
    if (live.ledger.state !== 'present') return undefined;
    const { road, missing } = appliedRoad(files, live.ledger);
    if (missing.length > 0)
      return notCompared(`the files of applied migrations are gone: ${missing.join(', ')}`);
    const migrations = road.map((file) => loadMigration(file));
    const differences = await differencesFromReplay(url, service, live.schema, migrations);
    // Outside a transaction, what a migration has done so far is there before the ledger knows of it.
    if (differences.length > 0 && live.atWork)
      return notCompared('a migrator is at work in it; ask again later');
    return { differences };
  } catch (error) {
    if (!(error instanceof MigratorError)) throw error;
    return notCompared(error.message);
  } finally {
    await client.end();
  }
}

interface Live {
  readonly ledger: Ledger;
  readonly schema: Schema;
  readonly atWork: boolean;
}

async function readLive(client: Client, service: string): Promise<Live | 'changing'> {
  const query = queryOf(client);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const ledger = await readLedger(service, query);
    const schema = await readLiveSchema(client);
    const atWork = await isMigratorAtWork(query);
    await client.query('COMMIT');
    const since = await readLedger(service, query);
    if (JSON.stringify(since) === JSON.stringify(ledger)) return { ledger, schema, atWork };
  }
  return 'changing';
}

function notCompared(reason: string): SchemaDrift {
  return { differences: [], notCompared: reason };
}
