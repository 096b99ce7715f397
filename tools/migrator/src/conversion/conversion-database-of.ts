import type { QueryRunner } from 'typeorm';
import { MigratorError } from '../errors';
import { connect } from '../pg/connect';
import type { Query } from '../pg/query';
import type { ConversionDatabase } from './conversion-database';

/**
 * The database that a migration's query runner is connected to.
 * @throws MigratorError CANNOT_CONNECT when its data source has no URL, with which more sessions could be opened
 */
export function conversionDatabaseOf(service: string, queryRunner: QueryRunner): ConversionDatabase {
  const { options } = queryRunner.connection;
  const url = 'url' in options ? options.url : undefined;
  if (url === undefined) {
    throw new MigratorError(
      'CANNOT_CONNECT',
      `${service}: its data source names the database by parts, and a conversion opens more sessions by URL. Run it with ` +
        'the migrator, or give the data source a `url`.',
    );
  }
  // Looked up anew each time: the migrator watches statements by replacing the runner's method.
  const query: Query = (sql, parameters) => queryRunner.query(sql, parameters);
  return {
    service,
    query,
    transaction: async (work) => {
      await queryRunner.startTransaction();
      try {
        const result = await work(query);
        await queryRunner.commitTransaction();
        return result;
      } catch (error) {
        await rollBack(queryRunner);
        throw error;
      }
    },
    connect: () => connect(url, service),
  };
}

/** The error that led here is the one to tell; a connection that cannot roll back is gone, and its transaction with it. */
async function rollBack(queryRunner: QueryRunner): Promise<void> {
  try {
    await queryRunner.rollbackTransaction();
  } catch {
    // As above.
  }
}
