/**
 * A database with tables and no ledger gets one, if its schema is what the baseline makes:
 *
 *   lock -> nobody's ledger yet? -> schema = replay up to the baseline? -> one transaction: still so? history tables, one row
 *                                                                          for each migration of the baseline
 *
 * Tables and rows are read, never changed; killed at any moment, it has done nothing or all.
 */
import type { Client } from 'pg';
import { acquireMigratorLock } from '../../apply/migrator-lock';
import { refuseSuperuser } from '../../apply/superuser';
import type { MigratorConfig } from '../../config';
import { MigratorError } from '../../errors';
import { ensureLedger, readLedger, recordStep } from '../../ledger/ledger';
import type { Ledger, MigrationFile, Service } from '../../model';
import { describeUrl } from '../../pg/connection-url';
import { connectIfExists } from '../../pg/create-database';
import { queryOf } from '../../pg/query';
import { newDatabaseRoad } from '../../plan/service-state';
import { isNamed } from '../../plan/squashes';
import { differencesFromReplay, readLiveSchema } from '../../scratch/compare-with-replay';
import { loadMigration } from '../../source/load-migration';
import { isLegacy, scanMigrations } from '../../source/scan-migrations';

export interface AdoptRequest {
  readonly service: Service;
  /** A migration's name; when left out, the first of the folder that is not of the legacy road. */
  readonly baseline?: string;
  readonly dryRun: boolean;
  /** Record as a superuser in production, too. */
  readonly allowSuperuser: boolean;
  /** Told for whom it waits. */
  readonly onWait: (holder: string) => void;
}

/**
 * @returns the migrations recorded, or in a dry run those that would be
 * @throws MigratorError ADOPTION_FAILED, ALREADY_ADOPTED, MIGRATION_NOT_FOUND, NOTHING_TO_ADOPT, SCHEMA_DIFFERS,
 * SUPERUSER_REFUSED
 */
export async function adopt(
  config: MigratorConfig,
  request: AdoptRequest,
): Promise<readonly MigrationFile[]> {
  const { service } = request;
  const files = await scanMigrations(config.workspaceRoot, service);
  const road = baselineRoad(service, files, request.baseline);
  const url = await config.databaseUrl(service.name);
  const client = await connectIfExists(url, service.name);
  if (!client) throw nothingToAdopt(service, `there is no database ${describeUrl(url, service.name)}`);
  try {
    const query = queryOf(client);
    // The history tables would be the superuser's, and the role that migrates later could not write to them.
    if (config.production && !request.dryRun && !request.allowSuperuser) {
      await refuseSuperuser(service.name, query);
    }
    await acquireMigratorLock(query, request.onWait);
    refuseUnlessForeign(service, await readLedger(service.name, query));
    const live = await readLiveSchema(client);
    const differences = await differencesFromReplay(
      url,
      service.name,
      live,
      road.map((file) => loadMigration(file)),
    );
    if (differences.length > 0) throw schemaDiffers(service, road, differences);
    if (!request.dryRun) await record(client, config, service, road, JSON.stringify(live));
    return road;
  } finally {
    await client.end();
  }
}

/** What a new database would run to arrive at the baseline. */
function baselineRoad(
  service: Service,
  files: readonly MigrationFile[],
  name: string | undefined,
): MigrationFile[] {
  const baseline = files.find((file) => (name === undefined ? !isLegacy(file) : isNamed(file, name)));
  if (!baseline) {
    throw new MigratorError(
      'MIGRATION_NOT_FOUND',
      name === undefined
        ? `${service.name} has no migrations. Write the baseline first: \`migration-generate ${service.name} --name InitialSchema\`.`
        : `${service.name}: --baseline ${name} names none of its migrations. There are: ` +
            `${files.map((file) => file.name).join(', ') || 'none'}.`,
    );
  }
  const upTo = files.filter(({ timestamp }) => timestamp <= baseline.timestamp);
  return newDatabaseRoad(service.name, upTo);
}

function refuseUnlessForeign(service: Service, { state, applied }: Ledger): void {
  if (state === 'foreign') return;
  if (state !== 'present') throw nothingToAdopt(service, 'its database is empty');
  throw new MigratorError(
    'ALREADY_ADOPTED',
    `${service.name}: its database has a record of migrations already (${applied.length} applied), so there is nothing to adopt. ` +
      '`migration-status` shows them.',
  );
}

async function record(
  client: Client,
  { appliedBy }: MigratorConfig,
  service: Service,
  road: readonly MigrationFile[],
  compared: string,
): Promise<void> {
  const query = queryOf(client);
  try {
    await client.query('BEGIN');
    if (JSON.stringify(await readLiveSchema(client)) !== compared) throw changedMeanwhile(service);
    await ensureLedger(query);
    for (const { name, timestamp, checksum } of road) {
      const entry = { name, timestamp, checksum, direction: 'up', durationMs: 0 } as const;
      await recordStep(query, entry, `${appliedBy} (adopted)`);
    }
    await client.query('COMMIT');
  } catch (error) {
    if (error instanceof MigratorError) throw error;
    throw new MigratorError(
      'ADOPTION_FAILED',
      `adopting the database of ${service.name} failed, and nothing was recorded: ` +
        `${error instanceof Error ? error.message : String(error)}. The role in its URL must be able to make the table ` +
        'public.migrations and the schema migrator; a table public.migrations of something else must be renamed first.',
      { cause: error },
    );
  }
}

function nothingToAdopt(service: Service, problem: string): MigratorError {
  return new MigratorError(
    'NOTHING_TO_ADOPT',
    `${service.name}: ${problem}, so there is nothing to adopt. If the URL is right, \`migrate\` makes everything.`,
  );
}

function schemaDiffers(
  service: Service,
  road: readonly MigrationFile[],
  differences: readonly string[],
): MigratorError {
  return new MigratorError(
    'SCHEMA_DIFFERS',
    `${service.name}: its database is not what ${road.map(({ name }) => name).join(', ')} make${road.length > 1 ? '' : 's'}, so nothing was ` +
      `recorded. It differs in:\n${differences.map((line) => `  ${line}`).join('\n')}\n` +
      'Change the database by hand to what is expected, or the baseline migration to what is there, or name another one with ' +
      '--baseline; then adopt again.',
  );
}

function changedMeanwhile(service: Service): MigratorError {
  return new MigratorError(
    'SCHEMA_DIFFERS',
    `${service.name}: somebody changed the schema of its database while it was compared, so nothing was recorded. Adopt again.`,
  );
}
