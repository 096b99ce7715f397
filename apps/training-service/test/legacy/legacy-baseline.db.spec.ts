import { legacySchemaOf } from '@hockey-hub/legacy-clubs';
import { compareSchemas, readSchema } from '@hockey-hub/migrator/src/catalog/schema';
import { createMigratedDatabase, createTestDatabase } from '@hockey-hub/shared-lib/src/testing';
import { Client } from 'pg';
import { LegacyTraining1763000000000 } from '../../src/migrations/legacy/1763000000000-LegacyTraining';

test('the baseline migration expects exactly what legacy clubs have', async () => {
  const club = await createTestDatabase();
  const baseline = await createMigratedDatabase({
    service: 'training-service',
    entities: [],
    migrations: [LegacyTraining1763000000000],
  });
  const clients = [club, baseline].map(({ url }) => new Client({ connectionString: url })) as [
    Client,
    Client,
  ];
  try {
    for (const client of clients) await client.connect();
    for (const sql of legacySchemaOf('training-service')) await clients[0].query(sql);
    const [actual, expected] = await Promise.all(
      clients.map((client) =>
        readSchema(async (sql, values) => (await client.query(sql, values as unknown[])).rows),
      ),
    );
    expect(Object.keys(actual!.catalog.tables)).toHaveLength(4);
    expect(compareSchemas(actual!, expected!)).toEqual([]);
  } finally {
    for (const client of clients) await client.end();
    await club.drop();
    await baseline.drop();
  }
});
