import { escapeIdentifier, escapeLiteral } from 'pg';
import type { PolymorphicReference } from '../declaration';
import { idMapOf } from '../names';
import { CONVERSION_FUNCTIONS } from './conversion-functions';
import type { ReferenceSql } from './reference-sql';

/** A text that is a number where the type says so. Of another type, and where it is no number, it is copied. */
export function polymorphicSql(
  { to, typeColumn, typeValue }: Pick<PolymorphicReference, 'to' | 'typeColumn' | 'typeValue'>,
  row: string,
): ReferenceSql {
  const map = idMapOf(to);
  const { numberInText, uuidInText } = CONVERSION_FUNCTIONS;
  const isMeant = isMeantBy({ typeColumn, typeValue }, row);
  const convert = (value: string, read: string, from: string, into: string) =>
    `CASE WHEN ${isMeant} AND ${read}(${value}) IS NOT NULL
      THEN (SELECT "pair"."${into}"::text FROM ${map} AS "pair" WHERE "pair"."${from}" = ${read}(${value}))
      ELSE ${value} END`;
  return {
    uuids: (value) => convert(value, numberInText, 'number', 'uuid'),
    numbers: (value) => convert(value, uuidInText, 'uuid', 'number'),
    numbersIn: (value) => `SELECT ${numberInText}(${value}) WHERE ${isMeant}`,
    uuidsIn: (value) => `SELECT ${uuidInText}(${value}) WHERE ${isMeant}`,
  };
}

/** SQL: whether the row's type is the reference's. As a text, because the column may be an enum. */
export function isMeantBy(
  { typeColumn, typeValue }: Pick<PolymorphicReference, 'typeColumn' | 'typeValue'>,
  row: string,
): string {
  return `${row}.${escapeIdentifier(typeColumn)}::text = ${escapeLiteral(typeValue)}`;
}
