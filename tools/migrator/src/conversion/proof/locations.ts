/** Pure: where in a column's value the numbers were that were taken out. */
import { escapeLiteral } from 'pg';

export interface Location {
  /** Keys and positions; empty where the value was the number. */
  readonly path: readonly string[];
  /** Text: it may be larger than JavaScript's numbers. */
  readonly number: string;
  /** As it stood in a document: `7`, `"7"`. */
  readonly literal?: string | null;
}

/** In the order in which they stand in the value. */
export function inOrder(locations: readonly Location[]): readonly Location[] {
  return [...locations].sort((a, b) => {
    // Locations of one reference differ in positions alone, never in keys.
    const at = a.path.findIndex((step, index) => step !== b.path[index]);
    return at < 0 ? 0 : Number(a.path[at]) - Number(b.path[at]);
  });
}

export const textArray = (path: readonly string[]) =>
  `ARRAY[${path.map((step) => escapeLiteral(step)).join(', ')}]::text[]`;
