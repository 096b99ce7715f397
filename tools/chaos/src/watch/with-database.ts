import { Client } from 'pg';

/** A session of the test's own, which goes through no proxy. It ends with the work. */
export async function withDatabase<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: 'chaos' });
  // A session whose server is killed says so here, too; the query in flight, or the next, fails with it.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await Promise.allSettled([client.end()]);
  }
}
