import { escapeLiteral } from 'pg';
import type { JsonReference } from '../declaration';
import { parseJsonPath, type JsonStep } from '../inspect/json-path';
import { idMapOf } from '../names';
import { CONVERSION_FUNCTIONS } from './conversion-functions';
import type { ReferenceSql } from './reference-sql';

/**
 * Numbers inside a document. A number may be written as a JSON number or as a string; made from its UUID it is a JSON number always.
 * Where the document is not what the path says (no such key, null, one value instead of an array) it is copied.
 */
export function jsonSql({ to, path }: Pick<JsonReference, 'to' | 'path'>): ReferenceSql {
  const steps = parseJsonPath(path);
  const map = idMapOf(to);
  const { numberInJson, uuidInJson } = CONVERSION_FUNCTIONS;
  const convert = (value: string, read: string, from: string, into: string) =>
    replaced(
      value,
      steps,
      (leaf) => `CASE WHEN ${read}(${leaf}) IS NULL THEN ${leaf}
        ELSE (SELECT to_jsonb("pair"."${into}") FROM ${map} AS "pair" WHERE "pair"."${from}" = ${read}(${leaf})) END`,
    );
  return {
    uuids: (value) => convert(value, numberInJson, 'number', 'uuid'),
    numbers: (value) => convert(value, uuidInJson, 'uuid', 'number'),
    numbersIn: (value) => found(value, steps, numberInJson),
    uuidsIn: (value) => found(value, steps, uuidInJson),
  };
}

/** The document with each value at the end of the path replaced; SQL's null, which is not JSON's, where one of them is null. */
function replaced(
  value: string,
  steps: readonly JsonStep[],
  leaf: (value: string) => string,
  depth = 1,
): string {
  const [step, ...rest] = steps;
  if (step === undefined) return leaf(value);
  if (step.kind === 'key') {
    const key = escapeLiteral(step.key);
    const below = replaced(`(${value} -> ${key})`, rest, leaf, depth);
    return `CASE WHEN jsonb_typeof(${value}) = 'object' AND ${value} ? ${key}
      THEN jsonb_set(${value}, ARRAY[${key}], ${below}) ELSE ${value} END`;
  }
  const element = `"element${depth}"`;
  // jsonb_agg would keep SQL's null as JSON's.
  return `CASE WHEN jsonb_typeof(${value}) = 'array' THEN (
      SELECT CASE WHEN count(*) = count("made") THEN coalesce(jsonb_agg("made" ORDER BY "position"), '[]') END
        FROM (SELECT ${replaced(`${element}."value"`, rest, leaf, depth + 1)} AS "made", ${element}."position"
                FROM jsonb_array_elements(${value}) WITH ORDINALITY AS ${element}("value", "position")) AS "all${depth}")
    ELSE ${value} END`;
}

function found(value: string, steps: readonly JsonStep[], read: string): string {
  const { leaf, elements } = steps.reduce(
    ({ leaf, elements }, step) => {
      if (step.kind === 'key') return { leaf: `(${leaf} -> ${escapeLiteral(step.key)})`, elements };
      const element = `"element${elements.length + 1}"`;
      const array = `CASE WHEN jsonb_typeof(${leaf}) = 'array' THEN ${leaf} ELSE '[]' END`;
      return {
        leaf: `${element}."value"`,
        elements: [...elements, `LATERAL jsonb_array_elements(${array}) AS ${element}("value")`],
      };
    },
    { leaf: value, elements: [] as readonly string[] },
  );
  return `SELECT ${read}(${leaf})${elements.length > 0 ? ` FROM ${elements.join(' CROSS JOIN ')}` : ''}`;
}
