/**
 * Catalog against catalog: the statements that make one database's schema equal to another's. Entities are never
 * compared with a catalog; that is where lost columns and endless spurious differences come from.
 */
import { createClient, type Client } from '@pgkit/client';
import { Migration } from '@pgkit/migra';
import { sqlPieces } from '../pg/sql-pieces';
import { carefulCast } from './careful-cast';

/** Statements, in order, each on one line and without its semicolon; empty when the schemas are equal. */
export async function diffDatabases(fromUrl: string, toUrl: string): Promise<string[]> {
  const from = connectTo(fromUrl);
  const to = connectTo(toUrl);
  try {
    const difference = await Migration.create(from, to, {});
    difference.set_safety(false);
    difference.add_all_changes();
    return [...difference.statements].map(oneLine).map(carefulCast);
  } finally {
    await Promise.all([from.end(), to.end()]);
  }
}

function connectTo(url: string): Client {
  // It warns on standard error when one database is compared twice, which is what a proof does.
  const client = createClient(url, { pgpOptions: { initialize: { noWarnings: true } } });
  // The pool says it has ended before its connections are closed, and pg-promise stops listening then: dropping the
  // database in that moment would be an error that nobody handles, which ends the process.
  client.pgp.$pool.on('error', () => undefined);
  return client;
}

/** White space outside quotes means nothing in SQL, and comments nowhere; inside quotes everything stays. */
export function oneLine(statement: string): string {
  let line = '';
  let unquoted = '';
  for (const { kind, text } of sqlPieces(statement)) {
    if (kind === 'quoted') {
      line += unquoted.replace(/\s+/g, ' ') + text;
      unquoted = '';
    } else unquoted += kind === 'comment' ? ' ' : text;
  }
  return (line + unquoted.replace(/\s+/g, ' ')).trim().replace(/\s*;$/, '');
}
