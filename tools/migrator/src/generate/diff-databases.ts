/**
 * Catalog against catalog: the statements that make one database's schema equal to another's. Entities are never
 * compared with a catalog; that is where lost columns and endless spurious differences come from.
 */
import { createClient } from '@pgkit/client';
import { Migration } from '@pgkit/migra';

/** Statements, in order, each on one line and without its semicolon; empty when the schemas are equal. */
export async function diffDatabases(fromUrl: string, toUrl: string): Promise<string[]> {
  const from = createClient(fromUrl);
  const to = createClient(toUrl);
  try {
    const difference = await Migration.create(from, to, {});
    difference.set_safety(false);
    difference.add_all_changes();
    return [...difference.statements].map(oneLine);
  } finally {
    await Promise.all([from.end(), to.end()]);
  }
}

/** White space outside quotes means nothing in SQL; inside it stays. */
export function oneLine(statement: string): string {
  return statement
    .replace(
      /('(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\2\$)|\s+/g,
      (_, quoted?: string) => quoted ?? ' ',
    )
    .trim()
    .replace(/\s*;$/, '');
}
