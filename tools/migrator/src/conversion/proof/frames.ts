/**
 * Pure: what of a column is no reference, its frame, has to be the same in both halves: how many dimensions an array has, what else is in a
 * document, what a subject of another type is called.
 */
import { escapeLiteral } from 'pg';
import type { JsonReference, PolymorphicReference, Reference } from '../declaration';
import { parseJsonPath, type JsonStep } from '../inspect/json-path';
import { CONVERSION_FUNCTIONS } from '../pairing/conversion-functions';
import { isMeantBy } from '../pairing/polymorphic-reference';
import { walkDocuments, type BothHalves } from './side-by-side';

/** The row is `t`. */
export interface ComparedRows {
  readonly from: string;
  /** Rows where it is not so are left out. */
  readonly isComplete: string;
  readonly halves: BothHalves;
}

/** A query with one row and one column: in how many places the frames differ. Undefined where there is nothing but references. */
export function differentFrames(
  references: readonly [Reference, ...Reference[]],
  { from, isComplete, halves }: ComparedRows,
): string | undefined {
  // Several processes share the rows of a query in FROM; of one that stands where a value is expected they do not.
  const counts = framesOf(references, halves).map(
    ({ joined, frames: { numeric, uuid } }) =>
      `SELECT count(*) FILTER (WHERE ${isComplete} AND (${numeric}) IS DISTINCT FROM (${uuid})) AS "places" FROM ${[from, ...joined].join(' CROSS JOIN ')}`,
  );
  if (counts.length === 0) return undefined;
  return `SELECT sum("counted"."places")::text AS "places" FROM (${counts.join(' UNION ALL ')}) AS "counted"`;
}

interface Frames {
  readonly joined: readonly string[];
  readonly frames: BothHalves;
}

function framesOf(
  references: readonly [Reference, ...Reference[]],
  { numeric, uuid }: BothHalves,
): readonly Frames[] {
  switch (references[0].kind) {
    case 'column':
      return [];
    case 'array':
      return [{ joined: [], frames: { numeric: `array_dims(${numeric})`, uuid: `array_dims(${uuid})` } }];
    case 'polymorphic':
      return [{ joined: [], frames: subjectsOf(references.filter(isPolymorphic), { numeric, uuid }) }];
    case 'json':
      return framesOfDocuments(references.filter(isJson), { numeric, uuid });
  }
}

const isPolymorphic = (reference: Reference): reference is PolymorphicReference =>
  reference.kind === 'polymorphic';
const isJson = (reference: Reference): reference is JsonReference => reference.kind === 'json';

function subjectsOf(references: readonly PolymorphicReference[], { numeric, uuid }: BothHalves): BothHalves {
  const isMeant = references.map((reference) => isMeantBy(reference, 't')).join(' OR ');
  const { numberInText, uuidInText } = CONVERSION_FUNCTIONS;
  const frame = (value: string, read: string) =>
    `CASE WHEN (${isMeant}) AND ${read}(${value}) IS NOT NULL THEN NULL ELSE ${value} END`;
  return { numeric: frame(numeric, numberInText), uuid: frame(uuid, uuidInText) };
}

/** Of the whole documents, and of the elements of each array that a path goes through: there the array itself counts as empty. */
function framesOfDocuments(references: readonly JsonReference[], documents: BothHalves): readonly Frames[] {
  const paths = references.map(({ path }) => parseJsonPath(path));
  return levelsOf(paths).map((level) => {
    const walked = walkDocuments(documents, level);
    const below = paths.filter((path) => beginsWith(path, level)).map((path) => path.slice(level.length));
    // OFFSET keeps Postgres from writing an expression out wherever the next one names it, which would be the same work again and again;
    // but such rows are not shared between processes.
    const fence = below.length > 1 ? ' OFFSET 0' : '';
    let frames = walked.ends;
    const joined = [...walked.joined];
    for (const path of below) {
      const masked = `"masked${joined.length + 1}"`;
      const { numeric, uuid } = frames;
      joined.push(
        `LATERAL (SELECT ${mask(numeric, path, 'numberInJson')} AS "numeric", ${mask(uuid, path, 'uuidInJson')} AS "uuid"${fence}) AS ${masked}`,
      );
      frames = { numeric: `${masked}."numeric"`, uuid: `${masked}."uuid"` };
    }
    return { joined, frames };
  });
}

/** The beginnings of all paths that end with the elements of an array, and the documents' root; each once. */
function levelsOf(paths: readonly (readonly JsonStep[])[]): readonly (readonly JsonStep[])[] {
  const beginnings = paths.flatMap((path) =>
    path.flatMap(({ kind }, index) => (kind === 'elements' ? [path.slice(0, index + 1)] : [])),
  );
  const byText = new Map([[], ...beginnings].map((level) => [JSON.stringify(level), level]));
  return [...byText.values()];
}

const beginsWith = (path: readonly JsonStep[], level: readonly JsonStep[]) =>
  JSON.stringify(path.slice(0, level.length)) === JSON.stringify(level);

/** The document with what the path leads to, a reference or an array of elements, made the same whatever it is. */
function mask(
  value: string,
  [step, ...rest]: readonly JsonStep[],
  read: 'numberInJson' | 'uuidInJson',
): string {
  if (step === undefined) {
    return `CASE WHEN ${CONVERSION_FUNCTIONS[read]}(${value}) IS NULL THEN ${value} ELSE 'null'::jsonb END`;
  }
  if (step.kind === 'elements') {
    return `CASE WHEN jsonb_typeof(${value}) = 'array' THEN '[]'::jsonb ELSE ${value} END`;
  }
  const key = escapeLiteral(step.key);
  return `CASE WHEN jsonb_typeof(${value}) = 'object' AND ${value} ? ${key}
    THEN jsonb_set(${value}, ARRAY[${key}], ${mask(`(${value} -> ${key})`, rest, read)}) ELSE ${value} END`;
}
