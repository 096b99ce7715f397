/**
 * Pure: two documents side by side, the one with numbers and the one with UUIDs, down a path of keys and array elements. Joins
 * of functions, and no subquery that belongs to a row: Postgres may share such rows between processes.
 */
import { escapeLiteral } from 'pg';
import type { JsonStep } from '../inspect/json-path';

/** SQL expressions: the one with numbers, and the one with UUIDs. */
export interface BothHalves {
  readonly numeric: string;
  readonly uuid: string;
}

export interface WalkedDocuments {
  /** What stands at the end of the path; null where one of them has less elements, or no such key. */
  readonly ends: BothHalves;
  /** To be joined, from left to right: one row for each element, of the longer array where they differ. */
  readonly joined: readonly string[];
  /** SQL, `bigint`: which elements these are. */
  readonly position: string;
}

/** @param documents of type `jsonb` */
export function walkDocuments(documents: BothHalves, steps: readonly JsonStep[]): WalkedDocuments {
  return steps.reduce<WalkedDocuments>(
    ({ ends, joined, position }, step) => {
      if (step.kind === 'key') {
        const key = escapeLiteral(step.key);
        return {
          ends: { numeric: `(${ends.numeric} -> ${key})`, uuid: `(${ends.uuid} -> ${key})` },
          ...{ joined, position },
        };
      }
      const element = `"element${joined.length + 1}"`;
      const elements = `LATERAL ROWS FROM (${elementsOf(ends.numeric)}, ${elementsOf(ends.uuid)})
        WITH ORDINALITY AS ${element}("numeric", "uuid", "position")`;
      return {
        ends: { numeric: `${element}."numeric"`, uuid: `${element}."uuid"` },
        joined: [...joined, elements],
        position: `hashint8extended(${element}."position", ${position})`,
      };
    },
    { ends: documents, joined: [], position: '0::bigint' },
  );
}

const elementsOf = (value: string) =>
  `jsonb_array_elements(CASE WHEN jsonb_typeof(${value}) = 'array' THEN ${value} ELSE '[]' END)`;
