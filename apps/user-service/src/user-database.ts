import { messagingEntities, type ServiceDatabase } from '@hockey-hub/shared-lib';
import { join } from 'node:path';
import { entities } from './entities';

/** What the service says about its database; the data source, the application and the tests start from it. */
export const userDatabase = {
  service: 'user-service',
  entities: [...entities, ...messagingEntities],
  migrations: [join(__dirname, 'migrations/*.{ts,js}')],
} satisfies ServiceDatabase;
