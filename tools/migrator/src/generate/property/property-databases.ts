/** The databases of a property run: made once, emptied between pairs, which is quicker than making others. */
import type { DatabaseConfig } from '@hockey-hub/shared-lib/src/config/database.config';
import { dataSourceOptions } from '@hockey-hub/shared-lib/src/database/data-source';
import { Client } from 'pg';
import { DataSource, DefaultNamingStrategy } from 'typeorm';
import type { Catalog } from '../../catalog/catalog';
import { readCatalog } from '../../catalog/read-catalog';
import { queryOf, type Query } from '../../pg/query';
import { withScratchDatabases } from '../../scratch/scratch-database';
import { settle } from '../../scratch/settle-expressions';
import { entityName, entitySchemas } from './entity-schemas';
import type { Model } from './model';

const SERVICE = 'property-test';

export interface PropertyDatabase {
  readonly url: string;
  readonly query: Query;
  /** Nothing is in it afterwards. */
  empty(): Promise<void>;
}

export interface PropertyDatabases {
  /** Holds A with rows, is changed to B and back. */
  readonly ours: PropertyDatabase;
  /** B, as the entities make it. */
  readonly goal: PropertyDatabase;
  /** Holds A with the same rows, and is changed by TypeORM. */
  readonly typeorm: PropertyDatabase;
}

/** @param url any database on the server */
export async function withPropertyDatabases<T>(
  url: string,
  work: (databases: PropertyDatabases) => Promise<T>,
): Promise<T> {
  return withScratchDatabases(url, SERVICE, 3, async (...urls) => {
    const clients = urls.map((connectionString) => new Client({ connectionString }));
    await Promise.all(clients.map((client) => client.connect()));
    try {
      const [ours, goal, typeorm] = urls.map((database, index): PropertyDatabase => {
        const query = queryOf(clients[index]!);
        return { url: database, query, empty: () => emptied(query) };
      });
      return await work({ ours: ours!, goal: goal!, typeorm: typeorm! });
    } finally {
      await Promise.all(clients.map((client) => client.end()));
    }
  });
}

async function emptied(query: Query): Promise<void> {
  await query('DROP SCHEMA public CASCADE');
  await query('CREATE SCHEMA public');
}

const configOf = (url: string): DatabaseConfig => ({
  url,
  poolSize: 1,
  connectTimeoutMs: 10_000,
  statementTimeoutMs: 0,
  lockTimeoutMs: 0,
  idleInTransactionTimeoutMs: 0,
  tls: false,
  tlsRejectUnauthorized: false,
});

/** A DataSource of a service with these entities, connected; the caller destroys it. */
export async function connectEntities(model: Model, url: string): Promise<DataSource> {
  const options = dataSourceOptions({
    service: SERVICE,
    entities: entitySchemas(model),
    config: configOf(url),
  });
  const dataSource = new DataSource({
    ...options,
    subscribers: [],
    ...(model.naming === 'typeorm' && { namingStrategy: new DefaultNamingStrategy() }),
  });
  await dataSource.initialize();
  for (const { id, comment } of model.tables) {
    // Only the decorator @Entity takes a comment; an EntitySchema cannot say one.
    if (comment !== null) dataSource.getMetadata(entityName(id)).comment = comment;
  }
  return dataSource;
}

/** What a service's entities make of an empty database. */
export async function buildModel(model: Model, { url }: PropertyDatabase): Promise<void> {
  const dataSource = await connectEntities(model, url);
  try {
    await dataSource.driver.createSchemaBuilder().build();
  } finally {
    await dataSource.destroy();
  }
}

export async function settledCatalog({ query }: PropertyDatabase): Promise<Catalog> {
  await settle(query);
  return readCatalog(query);
}
