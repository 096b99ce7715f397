import { createDataSource, Outbox } from '@hockey-hub/shared-lib';
import {
  createMigratedDatabase,
  testDatabaseConfig,
  type TestDatabase,
} from '@hockey-hub/shared-lib/src/testing';
import { Client } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { OrganizationEvents } from '../../src/event-handlers/organization-events';
import { TeamEvents } from '../../src/event-handlers/team-events';
import { TeamMembershipEvents } from '../../src/event-handlers/team-membership-events';
import { UserEvents } from '../../src/event-handlers/user-events';
import { trainingDatabase } from '../../src/training-database';
import { Rows } from '../database/rows';

/** The service's event handlers on a migrated database, without the transport. */
export interface HandlersContext {
  dataSource: DataSource;
  rows: Rows;
  readonly organizations: OrganizationEvents;
  readonly teams: TeamEvents;
  readonly users: UserEvents;
  readonly memberships: TeamMembershipEvents;
  /** Calls a handler as the inbox does, in a transaction. */
  readonly hear: (handle: (manager: EntityManager) => Promise<void>) => Promise<void>;
  /** One row of a table, by its id. */
  readonly row: (table: string, id: string) => Promise<Record<string, unknown> | undefined>;
}

/** Registers the hooks. What is returned is filled before the first test begins. */
export function useHandlers(): HandlersContext {
  let database: TestDatabase | undefined;
  let client: Client | undefined;
  const context = {
    organizations: new OrganizationEvents(),
    teams: new TeamEvents(new Outbox('training-service')),
    users: new UserEvents(),
    memberships: new TeamMembershipEvents(),
    hear: (handle) => context.dataSource.transaction(handle),
    row: async (table, id) =>
      (await client!.query<Record<string, unknown>>(`SELECT * FROM "${table}" WHERE "id" = $1`, [id]))
        .rows[0],
  } as HandlersContext;

  beforeAll(async () => {
    database = await createMigratedDatabase(trainingDatabase);
    context.dataSource = createDataSource({
      ...trainingDatabase,
      config: testDatabaseConfig(database.url),
    });
    await context.dataSource.initialize();
    client = new Client({ connectionString: database.url });
    await client.connect();
    context.rows = new Rows(client);
  });
  afterAll(async () => {
    await context.dataSource?.destroy();
    await client?.end();
    await database?.drop();
  });
  return context;
}
