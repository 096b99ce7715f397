/**
 * Pure: where in a JSON document the numbers of a reference are, as a declaration writes it -> steps from the document's root.
 *
 *   coach.id                 a key, then a key
 *   coachIds[*]              every element of the array below a key
 *   lines[*].players[*].id   the same, several times
 *   [*].id                   where the document itself is an array
 *   "home.team".id           a key that is no plain word, written as JSON writes a string
 *
 * Plain words are letters, digits, `_`, `-` and `$`. A step that finds nothing, or something else than the path says, finds no number:
 * that is the business of who walks, as is what a number is.
 */

export type JsonStep = { readonly kind: 'key'; readonly key: string } | { readonly kind: 'elements' };

/** At least one step. */
export type JsonSteps = readonly [JsonStep, ...JsonStep[]];

/** A path that cannot be read; the message says where and what to write instead. */
export class JsonPathError extends Error {
  override readonly name = 'JsonPathError';
  readonly code = 'CONVERSION_JSON_PATH_INVALID';

  constructor(
    readonly path: string,
    /** Counted from 0. */
    readonly position: number,
    problem: string,
  ) {
    super(`the JSON path ${JSON.stringify(path)} is wrong at character ${position + 1}: ${problem}`);
  }
}

const WORD = /[\p{L}\p{N}_$-]+/uy;
const QUOTED = /"(?:[^"\\]|\\.)*"/y;
const ELEMENTS = '[*]';
const HOW_TO_WRITE =
  'write keys with dots between them and [*] for the elements of an array, as in lines[*].players[*].id';

/** @throws JsonPathError */
export function parseJsonPath(path: string): JsonSteps {
  if (path === '') throw new JsonPathError(path, 0, `it is empty; ${HOW_TO_WRITE}.`);
  const steps: JsonStep[] = [];
  let position = 0;
  while (position < path.length) {
    if (path.startsWith(ELEMENTS, position)) {
      steps.push({ kind: 'elements' });
      position += ELEMENTS.length;
      continue;
    }
    if (path[position] === '[') {
      throw new JsonPathError(path, position, 'one element cannot be chosen; [*] means all of them.');
    }
    if (steps.length > 0) {
      if (path[position] !== '.')
        throw new JsonPathError(path, position, `a dot is missing; ${HOW_TO_WRITE}.`);
      position += 1;
    }
    const { step, end } = keyAt(path, position);
    steps.push(step);
    position = end;
  }
  return steps as [JsonStep, ...JsonStep[]];
}

/** The path as it would be declared: two paths that mean the same are written the same. */
export function printJsonPath(steps: readonly JsonStep[]): string {
  return steps
    .map((step, index) => (step.kind === 'elements' ? ELEMENTS : (index > 0 ? '.' : '') + printKey(step.key)))
    .join('');
}

/** Whether what `path` leads to is, or is inside, what `start` leads to. */
export function isWithin(path: readonly JsonStep[], start: readonly JsonStep[]): boolean {
  return start.every((step, index) => {
    const other = path[index];
    return step.kind === 'key' ? other?.kind === 'key' && other.key === step.key : other?.kind === 'elements';
  });
}

function keyAt(path: string, position: number): { readonly step: JsonStep; readonly end: number } {
  const word = matchAt(WORD, path, position);
  if (word === '$' && position === 0) {
    throw new JsonPathError(
      path,
      position,
      `it begins at the document's root without $; for a key of that name write "$".`,
    );
  }
  if (word !== null) return { step: { kind: 'key', key: word }, end: position + word.length };
  const quoted = matchAt(QUOTED, path, position);
  if (quoted !== null)
    return { step: { kind: 'key', key: unquote(path, position, quoted) }, end: position + quoted.length };
  if (path[position] === '*')
    throw new JsonPathError(path, position, 'the values of all keys cannot be meant; name each key.');
  throw new JsonPathError(
    path,
    position,
    `a key is missing; ${HOW_TO_WRITE}. A key that is no plain word stands in double quotes.`,
  );
}

function unquote(path: string, position: number, quoted: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch (error) {
    if (error instanceof SyntaxError) throw new JsonPathError(path, position, `${quoted} is no JSON string.`);
    throw error;
  }
}

function matchAt(pattern: RegExp, text: string, position: number): string | null {
  pattern.lastIndex = position;
  return pattern.exec(text)?.[0] ?? null;
}

const printKey = (key: string) => (matchAt(WORD, key, 0) === key && key !== '$' ? key : JSON.stringify(key));
