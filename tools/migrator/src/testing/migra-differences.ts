/** A second opinion on whether two databases have the same schema: that of `@pgkit/migra`, which shares no code with ours. */
import { createClient, type Client } from '@pgkit/client';
import { Migration } from '@pgkit/migra';
import { oneLine } from '../generate/one-line';

/**
 * The statements by which migra would make the first database's schema equal to the second's; none when it sees no
 * difference. It does not look at comments.
 */
export async function migraDifferences(fromUrl: string, toUrl: string): Promise<string[]> {
  const from = connectTo(fromUrl);
  const to = connectTo(toUrl);
  try {
    const difference = await Migration.create(from, to, {});
    difference.set_safety(false);
    difference.add_all_changes();
    return [...difference.statements].map(oneLine);
  } finally {
    await Promise.all([from.end(), to.end()]);
  }
}

function connectTo(url: string): Client {
  // It warns on standard error when one database is compared twice.
  const client = createClient(url, { pgpOptions: { initialize: { noWarnings: true } } });
  // The pool says it has ended before its connections are closed, and pg-promise stops listening then: dropping the
  // database in that moment would be an error that nobody handles, which ends the process.
  client.pgp.$pool.on('error', () => undefined);
  return client;
}
