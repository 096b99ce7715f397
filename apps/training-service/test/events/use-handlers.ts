import { Outbox } from '@hockey-hub/shared-lib';
import { useDataSource, type DataSourceContext } from '@hockey-hub/shared-lib/src/testing';
import { OrganizationEvents } from '../../src/event-handlers/organization-events';
import { TeamEvents } from '../../src/event-handlers/team-events';
import { TeamMembershipEvents } from '../../src/event-handlers/team-membership-events';
import { UserEvents } from '../../src/event-handlers/user-events';
import { trainingDatabase } from '../../src/training-database';
import { Rows } from '../database/rows';

/** The service's event handlers on a migrated database, without the transport. */
export interface HandlersContext extends DataSourceContext<Rows> {
  readonly organizations: OrganizationEvents;
  readonly teams: TeamEvents;
  readonly users: UserEvents;
  readonly memberships: TeamMembershipEvents;
  /** One row of a table, by its id. */
  readonly row: (table: string, id: string) => Promise<Record<string, unknown> | undefined>;
}

/** Registers the hooks. What is returned is filled before the first test begins. */
export function useHandlers(): HandlersContext {
  const context: HandlersContext = Object.assign(useDataSource(trainingDatabase, Rows), {
    organizations: new OrganizationEvents(),
    teams: new TeamEvents(new Outbox('training-service')),
    users: new UserEvents(),
    memberships: new TeamMembershipEvents(),
    row: async (table: string, id: string) =>
      (await context.client.query<Record<string, unknown>>(`SELECT * FROM "${table}" WHERE "id" = $1`, [id]))
        .rows[0],
  });
  return context;
}
