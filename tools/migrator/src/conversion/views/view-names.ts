/** What the views of a conversion are called: as what they stand for, in a schema for each shape. */
import { escapeIdentifier } from 'pg';
import { NUMERIC_VIEWS, schemaAndName, UUID_VIEWS } from '../names';
import type { Shape } from '../twins';

/** Both shapes have views, from the first phase on. */
export const SHAPES: readonly Shape[] = ['numeric', 'uuid'];

/** Unquoted. */
export const viewSchema = (shape: Shape): string => (shape === 'numeric' ? NUMERIC_VIEWS : UUID_VIEWS);

/** Quoted: `users`, `numeric` -> `"legacy"."users"`. */
export const viewOf = (relation: string, shape: Shape): string =>
  `${escapeIdentifier(viewSchema(shape))}.${escapeIdentifier(schemaAndName(relation)[1])}`;

/**
 * Two relations of one name, in two schemas, would be one view: a client's `search_path` could not tell them apart.
 * @returns the names that are there twice, as `users` (public.users, club.users)
 */
export function namesTakenTwice(relations: readonly string[]): readonly string[] {
  const byName = new Map<string, string[]>();
  for (const relation of new Set(relations)) {
    const [schema, name] = schemaAndName(relation);
    byName.set(name, [...(byName.get(name) ?? []), `${schema}.${name}`]);
  }
  return [...byName].filter(([, all]) => all.length > 1).map(([name, all]) => `${name} (${all.join(', ')})`);
}
