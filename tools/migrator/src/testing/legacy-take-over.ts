/**
 * What the tests of both services' legacy migrations share: one migration run as the migrator runs it, decisions, and the schema at
 * the end against that of a new database.
 */
import { legacySchemaOf, type LegacyService } from '@hockey-hub/legacy-clubs';
import { createDataSource } from '@hockey-hub/shared-lib';
import {
  createMigratedDatabase,
  createTestDatabase,
  testDatabaseConfig,
} from '@hockey-hub/shared-lib/src/testing';
import type { Client } from 'pg';
import type { MigrationInterface } from 'typeorm';
import { compareSchemas, readSchema } from '../catalog/schema';
import { withConnection } from '../pg/connect';
import { queryOf } from '../pg/query';

type MigrationType = new () => MigrationInterface;

/** Its `up`, in one transaction. */
export async function migrateIn(
  url: string,
  service: LegacyService,
  Migration: MigrationType,
): Promise<void> {
  const dataSource = createDataSource({ service, entities: [], config: testDatabaseConfig(url) });
  await dataSource.initialize();
  try {
    await dataSource.transaction(({ queryRunner }) => new Migration().up(queryRunner!));
  } finally {
    await dataSource.destroy();
  }
}

export async function rowsOf<Row extends object>(
  client: Client,
  sql: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  return (await client.query<Row>(sql, [...values])).rows;
}

/** As an operator does it. */
export async function decide(
  client: Client,
  kind: string,
  choice: string,
  detail = '',
  subject = '*',
): Promise<void> {
  await client.query(
    'INSERT INTO id_conversion.legacy_decisions (kind, subject, choice, detail) VALUES ($1, $2, $3, $4)',
    [kind, subject, choice, detail],
  );
}

/** One line for each difference of a schema from the one that these migrations make in a new database. */
export async function differencesFromNew(
  service: LegacyService,
  url: string,
  migrations: readonly MigrationType[],
): Promise<string[]> {
  const fresh = await createMigratedDatabase({ service, entities: [], migrations: [...migrations] });
  try {
    const [actual, expected] = await Promise.all([url, fresh.url].map((one) => schemaOf(service, one)));
    return compareSchemas(actual!, expected!);
  } finally {
    await fresh.drop();
  }
}

const schemaOf = (service: LegacyService, url: string) =>
  withConnection(url, service, (client) => readSchema(queryOf(client)));

/** A test: the migration with which `migration-adopt` compares a club makes what clubs have. */
export function itMakesWhatClubsHave(service: LegacyService, Baseline: MigrationType): void {
  it('the baseline migration expects exactly what legacy clubs have', async () => {
    const club = await createTestDatabase();
    try {
      await withConnection(club.url, service, async (client) => {
        for (const sql of legacySchemaOf(service)) await client.query(sql);
      });
      const { catalog } = await schemaOf(service, club.url);
      expect(Object.keys(catalog.tables)).toHaveLength(4);
      expect(await differencesFromNew(service, club.url, [Baseline])).toEqual([]);
    } finally {
      await club.drop();
    }
  });
}
