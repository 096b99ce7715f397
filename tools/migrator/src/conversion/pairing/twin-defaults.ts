/**
 * What a column with references is by default: until the contract both halves have it, so that each client's half is what he said if it
 * is anything else, NULL too.
 */
import { escapeIdentifier } from 'pg';
import { emptyDefault } from '../inspect/empty-default';
import { quotedTable } from '../names';
import type { PairedReference, PairedTable } from './paired-table';

/** As a literal without a type; null where it is NULL. After the contract the UUIDs alone have it. */
export const defaultOf = ({ numeric, uuid }: Pick<PairedReference, 'numeric' | 'uuid'>): string | null =>
  emptyDefault((numeric ?? uuid)?.default ?? null);

/**
 * The UUIDs' own. To be run in one transaction with what makes the triggers: without these a row would have the default beside other
 * numbers, and nobody would ever fill it; and these take a UUID half without it for one that a client has made NULL. Rows that are
 * there stay as they are.
 */
export function setTwinDefaults({ table, references }: PairedTable): readonly string[] {
  const changes = references.flatMap((twin) => {
    const value = defaultOf(twin);
    return value === null ? [] : [`ALTER COLUMN ${escapeIdentifier(twin.names.uuid)} SET DEFAULT ${value}`];
  });
  return changes.length === 0 ? [] : [`ALTER TABLE ${quotedTable(table)} ${changes.join(', ')}`];
}
