/**
 * Functions in the schema `id_conversion` that do not depend on a declaration: new UUIDs, and what of a text or a JSON value is a
 * reference at all.
 */
import { CONVERSION_SCHEMA } from '../names';

const schema = `"${CONVERSION_SCHEMA}"`;

/** Quoted names. */
export const CONVERSION_FUNCTIONS = {
  newUuid: `${schema}."new_uuid"`,
  /** `(text) -> bigint`: null where it is no number as Postgres would print it. `007` is none: it would not come back. */
  numberInText: `${schema}."number_in_text"`,
  /** `(text) -> uuid`: null where it is none with its hyphens. */
  uuidInText: `${schema}."uuid_in_text"`,
  /** `(jsonb) -> bigint`: of a whole JSON number, or of a string with one in it. */
  numberInJson: `${schema}."number_in_json"`,
  /** `(jsonb) -> uuid`: of a string. */
  uuidInJson: `${schema}."uuid_in_json"`,
  /** `(text) -> text`: always an error. */
  refuseDimensions: `${schema}."refuse_dimensions"`,
} as const;

const FIRST_WITH_UUIDV7 = 180000;

/**
 * UUID version 7 before Postgres 18: 48 bits of milliseconds and 12 bits of their fraction, as Postgres 18's, the rest random. Written
 * as hexadecimal digits, with the version's digit put in between; one expression, so that Postgres can inline it.
 */
const NEW_UUID_BEFORE_18 = `
  (overlay(lpad(to_hex(floor(date_part('epoch', clock_timestamp()) * 4096000)::bigint), 15, '0') PLACING '7' FROM 13 FOR 0)
    || right(gen_random_uuid()::text, 17))::uuid`;

const BIGINT = `BETWEEN -9223372036854775808 AND 9223372036854775807`;

/** @param serverVersion `server_version_num` */
export function makeConversionFunctions(serverVersion: number): readonly string[] {
  const f = CONVERSION_FUNCTIONS;
  const newUuid = serverVersion >= FIRST_WITH_UUIDV7 ? 'uuidv7()' : NEW_UUID_BEFORE_18;
  const pure = (name: string, argument: string, result: string, body: string) =>
    `CREATE OR REPLACE FUNCTION ${name}(${argument}) RETURNS ${result} LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT ${body} $$`;
  return [
    `CREATE SCHEMA IF NOT EXISTS ${schema}`,
    `CREATE OR REPLACE FUNCTION ${f.newUuid}() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $$ SELECT ${newUuid} $$`,
    pure(
      f.numberInText,
      'text',
      'bigint',
      `CASE WHEN length($1) <= 20 AND $1 ~ '^(0|-?[1-9][0-9]*)$' THEN CASE WHEN $1::numeric ${BIGINT} THEN $1::bigint END END`,
    ),
    pure(
      f.uuidInText,
      'text',
      'uuid',
      // One pattern with counts says the same, and takes five times as long.
      `CASE WHEN $1 LIKE '________-____-____-____-____________' AND length(replace($1, '-', '')) = 32 AND $1 !~ '[^-0-9A-Fa-f]'
            THEN $1::uuid END`,
    ),
    pure(
      f.numberInJson,
      'jsonb',
      'bigint',
      `CASE jsonb_typeof($1)
         WHEN 'number' THEN CASE WHEN $1::numeric ${BIGINT} AND $1::numeric = trunc($1::numeric) THEN $1::numeric::bigint END
         WHEN 'string' THEN ${f.numberInText}($1 #>> '{}') END`,
    ),
    pure(
      f.uuidInJson,
      'jsonb',
      'uuid',
      `CASE jsonb_typeof($1) WHEN 'string' THEN ${f.uuidInText}($1 #>> '{}') END`,
    ),
    `CREATE OR REPLACE FUNCTION ${f.refuseDimensions}(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
     BEGIN
       RAISE EXCEPTION 'the references in the array % cannot be converted: it has more than one dimension', $1
         USING ERRCODE = 'array_subscript_error', HINT = 'Write an array of one dimension.';
     END $$`,
  ];
}
