/**
 * What is written first by everybody: one migration in one transaction, that adds the columns, updates all rows and swaps. One of these in
 * each database, run by TypeORM; the id map is carried from one to the other in between.
 */
import type { DatabaseName, DatabaseUrls } from '@hockey-hub/conversion-clients';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import type { Query } from '@hockey-hub/migrator/src/pg/query';
import { ID_MAP, tablesOf } from './by-hand/converted-tables';
import { copyIdMap, drawIdMap, indexIdMap, makeIdMap } from './by-hand/id-map';
import { addTwins, fillTwins, lockingOrder, takePlaces } from './by-hand/in-place';
import { newUuidOf } from './by-hand/new-uuid';
import { restoreRules } from './by-hand/rules';
import type { ConvertContender } from './contender';

abstract class Irreversible {
  down(): Promise<void> {
    return Promise.reject(new Error('A naive migration cannot be reverted: the numbers are gone.'));
  }
}

class UserIdsToUuids1764000000000 extends Irreversible implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await convert(queryThrough(queryRunner), 'user', drawIdMap);
  }
}

class UserReferencesToUuids1764000000000 extends Irreversible implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await convert(queryThrough(queryRunner), 'training', indexIdMap);
  }
}

class CreateIdMap1763000000000 extends Irreversible implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await makeIdMap(queryThrough(queryRunner));
  }
}

export const naive: ConvertContender = {
  name: 'naive',
  clients: 'old',
  idMap: ID_MAP,
  run: async ({ urls, phase }) => {
    await phase('user', () => migrate('user', urls, [UserIdsToUuids1764000000000]));
    await phase('training', async () => {
      await migrate('training', urls, [CreateIdMap1763000000000]);
      await copyIdMap(urls);
      await migrate('training', urls, [CreateIdMap1763000000000, UserReferencesToUuids1764000000000]);
    });
  },
};

/** @param completeMap when the new columns are there, and with them the locks: nobody can write any more */
async function convert(
  query: Query,
  database: DatabaseName,
  completeMap: (query: Query) => Promise<void>,
): Promise<void> {
  const tables = tablesOf(database, await newUuidOf(query));
  for (const table of lockingOrder(tables)) for (const sql of addTwins(table)) await query(sql);
  await completeMap(query);
  for (const table of tables) await query(fillTwins(table));
  for (const table of tables) for (const sql of takePlaces(table)) await query(sql);
  await restoreRules(query, database);
}

async function migrate(
  database: DatabaseName,
  urls: DatabaseUrls,
  migrations: (new () => MigrationInterface)[],
): Promise<void> {
  const dataSource = new DataSource({ type: 'postgres', url: urls[database], migrations });
  await dataSource.initialize();
  try {
    await dataSource.runMigrations({ transaction: 'all' });
  } finally {
    await dataSource.destroy();
  }
}

const queryThrough =
  (queryRunner: QueryRunner): Query =>
  (sql, parameters) =>
    queryRunner.query(sql, parameters);
