import type { QueryRunner } from 'typeorm';
import { MigratorError } from '../errors';
import { connect } from '../pg/connect';
import { inTransaction } from '../pg/in-transaction';
import type { Query } from '../pg/query';
import type { ConversionDatabase } from './conversion-database';

/**
 * The database that a migration's query runner is connected to.
 * @throws MigratorError CANNOT_CONNECT when its data source has no URL, with which more sessions could be opened
 */
export function conversionDatabaseOf(
  service: string,
  queryRunner: QueryRunner,
): { readonly database: ConversionDatabase; readonly url: string } {
  const { options } = queryRunner.connection;
  const url = 'url' in options ? options.url : undefined;
  if (url === undefined) {
    throw new MigratorError(
      'CANNOT_CONNECT',
      `${service}: its data source names the database by parts, and a conversion opens more sessions by URL. Run it with ` +
        'the migrator, or give the data source a `url`.',
    );
  }
  // The runner's method is looked up anew each time: the migrator watches statements by replacing it. Structured, because
  // otherwise TypeORM gives rows and their number for an UPDATE, and rows alone for everything else.
  const query: Query = async <Row>(sql: string, parameters?: unknown[]) => {
    const { records } = await queryRunner.query(sql, parameters, true);
    return (records ?? []) as Row[];
  };
  const control = {
    begin: () => queryRunner.startTransaction(),
    commit: () => queryRunner.commitTransaction(),
    rollBack: () => queryRunner.rollbackTransaction(),
  };
  const database: ConversionDatabase = {
    service,
    query,
    transaction: (work) => inTransaction(control, () => work(query)),
    connect: () => connect(url, service),
  };
  return { database, url };
}
