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
