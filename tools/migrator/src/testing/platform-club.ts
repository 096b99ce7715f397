/**
 * A club of years ago that comes to the platform: both legacy databases, filled from a seed, and the command line as its operator
 * runs it, with the services' own migrations. Owns the databases and the folder of backups: `remove` leaves nothing.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  seedLegacyClubs,
  type DirtRequest,
  type LegacyService,
  type SeededClubs,
} from '@hockey-hub/legacy-clubs';
import { databaseNameOf, databaseUrlVariableOf } from '@hockey-hub/shared-lib/src/database/database-url';
import { escapeIdentifier } from 'pg';
import { withConnection } from '../pg/connect';
import { databaseName, withDatabase } from '../pg/connection-url';
import { createDatabase } from '../pg/create-database';
import { inheritedEnvironment, testServerUrl } from './migrator-tests.config';
import { startCli, type CliResult } from './run-cli';

const WORKSPACE = join(__dirname, '../../../..');
const SERVICES: readonly LegacyService[] = ['user-service', 'training-service'];
/** What `migration-adopt` is told to compare each database with. */
export const BASELINES: Readonly<Record<LegacyService, string>> = {
  'user-service': 'LegacyUsers',
  'training-service': 'LegacyTraining',
};

export interface PlatformClub {
  /** What was in the databases in the beginning; undefined in databases that are new. */
  readonly seeded?: SeededClubs;
  readonly backupFolder: string;
  urlOf(service: LegacyService): string;
  /** Runs the command line to its end. */
  cli(...args: readonly string[]): Promise<CliResult>;
  /** As `cli`. @throws Error with what it printed, when it fails */
  succeed(...args: readonly string[]): Promise<string>;
  /** Rows of one statement in the service's database. */
  query<Row>(service: LegacyService, sql: string, values?: readonly unknown[]): Promise<Row[]>;
  remove(): Promise<void>;
}

export interface PlatformClubOptions {
  readonly users: number;
  readonly seed: number;
  /** None when left out. */
  readonly dirt?: DirtRequest;
  /** Replaces variables of the command line. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The caller removes it. */
export async function createPlatformClub(options: PlatformClubOptions): Promise<PlatformClub> {
  const club = await newPlatform(options.env);
  for (const service of SERVICES) await createDatabase(club.urlOf(service), service);
  const { users, seed, dirt = false } = options;
  const [userUrl, trainingUrl] = SERVICES.map((service) => club.urlOf(service)) as [string, string];
  return { ...club, seeded: await seedLegacyClubs({ userUrl, trainingUrl, users, seed, dirt }) };
}

/** The same services without a club: their databases do not exist yet. The caller removes it. */
export async function newPlatform(further: Readonly<Record<string, string>> = {}): Promise<PlatformClub> {
  const server = testServerUrl();
  const suffix = randomBytes(5).toString('hex');
  const backupFolder = await mkdtemp(join(tmpdir(), 'hockey-hub-club-'));
  const urlOf = (service: LegacyService) =>
    withDatabase(server, `${databaseNameOf(service)}_${suffix}`, service);
  const env = {
    ...inheritedEnvironment(),
    MIGRATOR_BACKUP: 'off',
    MIGRATOR_BACKUP_FOLDER: backupFolder,
    ...Object.fromEntries(SERVICES.map((service) => [databaseUrlVariableOf(service), urlOf(service)])),
    ...further,
  };
  const cli = (...args: readonly string[]) => startCli(args, { cwd: WORKSPACE, env }).exited;
  return {
    backupFolder,
    urlOf,
    cli,
    succeed: async (...args) => {
      const { exitCode, stdout, stderr } = await cli(...args);
      if (exitCode === 0) return stdout;
      throw new Error(`${args.join(' ')} ended with ${exitCode}:\n${stdout}${stderr}`);
    },
    query: <Row>(service: LegacyService, sql: string, values: readonly unknown[] = []) =>
      withConnection(
        urlOf(service),
        service,
        async (client) => (await client.query(sql, [...values])).rows as Row[],
      ),
    remove: async () => {
      await withConnection(server, 'user-service', async (client) => {
        for (const service of SERVICES) {
          const name = escapeIdentifier(databaseName(urlOf(service), service));
          await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
        }
      });
      await rm(backupFolder, { recursive: true, force: true });
    },
  };
}
