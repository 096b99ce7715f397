/** Both legacy databases for one test: seeded, and with the ids of users converted by hand. */
import { createTestDatabase, type TestDatabase } from '@hockey-hub/shared-lib/src/testing';
import { Client } from 'pg';
import { convertByHand, type OfNobody } from '../convert-by-hand';
import { seedLegacyClubs, type SeededClubs, type SeedOptions } from '../seed-legacy-clubs';

export interface ConvertedClubs {
  readonly made: SeededClubs;
  readonly user: Client;
  readonly userUrl: string;
  readonly training: Client;
  readonly trainingUrl: string;
  drop(): Promise<void>;
}

export async function createConvertedClubs(
  options: Omit<SeedOptions, 'userUrl' | 'trainingUrl'>,
  ofNobody?: OfNobody,
): Promise<ConvertedClubs> {
  const databases: TestDatabase[] = [];
  const clients: Client[] = [];
  const drop = async () => {
    for (const client of clients) await client.end();
    for (const database of databases) await database.drop();
  };
  try {
    databases.push(await createTestDatabase(), await createTestDatabase());
    const [userUrl, trainingUrl] = databases.map(({ url }) => url) as [string, string];
    const made = await seedLegacyClubs({ ...options, userUrl, trainingUrl });
    clients.push(new Client({ connectionString: userUrl }), new Client({ connectionString: trainingUrl }));
    for (const client of clients) await client.connect();
    const [user, training] = clients as [Client, Client];
    await convertByHand(user, training, ofNobody);
    return { made, user, userUrl, training, trainingUrl, drop };
  } catch (error) {
    await drop();
    throw error;
  }
}
