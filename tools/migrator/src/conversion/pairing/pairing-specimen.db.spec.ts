/** One of everything: what the inspection lets through can be paired, seen in both shapes, and all of it taken away again. */
import { restoreNotNull } from '../constraints/restore-not-null';
import { conversionDatabaseOver } from '../conversion-database-over';
import { specimenRows } from '../inspect/specimen/rows';
import { SPECIMEN_ATTACHMENTS, SPECIMEN_TABLES } from '../inspect/specimen/schema';
import { SPECIMEN_CONVERSION } from '../inspect/specimen-declaration';
import { quotedTable } from '../names';
import { twinNames, twinsOf } from '../twins';
import { dropViews } from '../views/shape-views';
import { fillExpression } from './fill-expression';
import { dropIdMaps } from './id-maps';
import { pairedDatabase } from './paired-database';
import { removeTwins } from './twin-columns';

it('pairs the rows of the specimen, and goes away', async () => {
  const database = await pairedDatabase(SPECIMEN_CONVERSION, {
    schema: [...SPECIMEN_TABLES, ...SPECIMEN_ATTACHMENTS].join(';\n'),
    hasViews: true,
  });
  const { query, facts } = database;
  try {
    for (const statement of specimenRows(30)) await query(statement);
    for (const { table } of SPECIMEN_CONVERSION.keys) {
      while (
        (await query<{ n: string }>(`SELECT id_conversion.fill_waiting('${table}', NULL) AS n`))[0]!.n !== '0'
      );
    }
    for (const twin of twinsOf(SPECIMEN_CONVERSION)) {
      const { numeric, uuid } = twinNames(twin, 'numeric');
      const value = fillExpression(twin, { source: 'numeric', shape: 'numeric', row: 't' });
      const different = await query(
        `SELECT t."${numeric}" AS number, t."${uuid}" AS uuid FROM ${quotedTable(twin.table)} t WHERE t."${uuid}" IS DISTINCT FROM ${value}`,
      );
      expect([twin.table, twin.column, different]).toEqual([twin.table, twin.column, []]);
    }
    const over = conversionDatabaseOver(await database.session(), 'user-service', database.url);
    await restoreNotNull(over, SPECIMEN_CONVERSION, facts, 'numeric');
    const away = [
      ...dropViews(SPECIMEN_CONVERSION, facts),
      ...removeTwins(SPECIMEN_CONVERSION),
      ...dropIdMaps(SPECIMEN_CONVERSION),
    ];
    for (const statement of [...away, ...away]) await query(statement);
    const left = await query(
      `SELECT attrelid::regclass::text AS relation, attname FROM pg_attribute WHERE attname LIKE '%\\_uuid' AND NOT attisdropped AND attrelid > 16384 AND attrelid::regclass::text NOT LIKE 'id_conversion.%'`,
    );
    expect(left).toEqual([]);
  } finally {
    await database.drop();
  }
});
