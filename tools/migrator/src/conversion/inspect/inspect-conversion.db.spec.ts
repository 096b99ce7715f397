import { createTestDatabase, type TestDatabase } from '@hockey-hub/shared-lib/src/testing/test-database';
import type { Client } from 'pg';
import { connect } from '../../pg/connect';
import { queryOf } from '../../pg/query';
import { readSchema } from '../../catalog/schema';
import type { ConversionDatabase } from '../conversion-database';
import { discoverReferences } from './discover-references';
import { inspectConversion } from './inspect-conversion';
import {
  SPECIMEN_CONVERSION,
  SPECIMEN_FOREIGN_KEYS,
  SPECIMEN_PARTITIONED_REFERENCES,
} from './specimen-declaration';
import { SPECIMEN_SCHEMA } from './specimen/schema';

let database: TestDatabase;
let client: Client;
let conversionDatabase: ConversionDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  client = await connect(database.url, 'test');
  for (const statement of SPECIMEN_SCHEMA) await client.query(statement);
  const query = queryOf(client);
  conversionDatabase = {
    service: 'user-service',
    query,
    connect: () => connect(database.url, 'test'),
    transaction: async (work) => {
      await client.query('BEGIN');
      try {
        const result = await work(query);
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      }
    },
  };
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

it('the specimen, which has one of everything, can be converted, and the inspection leaves it as it was', async () => {
  const before = await readSchema(queryOf(client));
  const references = [...SPECIMEN_CONVERSION.references, ...SPECIMEN_PARTITIONED_REFERENCES];
  const { refusals, cautions } = await inspectConversion(conversionDatabase, {
    ...SPECIMEN_CONVERSION,
    references,
  });
  expect(refusals).toEqual([]);
  expect(cautions.map(({ code, subject }) => [code, subject])).toEqual([
    ['CONVERSION_KEY_WITHOUT_SEQUENCE', 'awards.id'],
  ]);
  expect(await readSchema(queryOf(client))).toEqual(before);
});

it('finds the references that are foreign keys', async () => {
  const [partitioned] = SPECIMEN_PARTITIONED_REFERENCES;
  const all = [...SPECIMEN_FOREIGN_KEYS, partitioned!].sort((a, b) =>
    `${a.table} ${a.column}` < `${b.table} ${b.column}` ? -1 : 1,
  );
  expect(await discoverReferences(queryOf(client), SPECIMEN_CONVERSION.keys)).toEqual(all);
});
