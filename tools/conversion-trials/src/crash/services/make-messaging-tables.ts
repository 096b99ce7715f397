import { createMessagingTablesV1 } from '@hockey-hub/shared-lib/src/outbox/tables/v1';
import { DataSource } from 'typeorm';

/** What services have that send and receive events; the clubs of years ago had none. */
export async function makeMessagingTables(url: string): Promise<void> {
  const dataSource = await new DataSource({ type: 'postgres', url }).initialize();
  try {
    await createMessagingTablesV1(dataSource.createQueryRunner());
  } finally {
    await dataSource.destroy();
  }
}
