/** Pure: changes of a column's type that refuse a value rather than cut it off. */
import { statementPattern } from './sql-names';

const SHORTENED_TEXT = statementPattern(
  String.raw`^(alter table {name} alter column {name} set data type character(?: varying)?\(\d+\)) using [^]*$`,
);

/**
 * `using "name"::character varying(50)` is an explicit cast, which cuts longer values off without a word. Without it
 * Postgres assigns, as an UPDATE would, and fails on the first value that does not fit. Every type can be assigned to
 * these two. https://www.postgresql.org/docs/current/datatype-character.html
 */
export function carefulCast(statement: string): string {
  return statement.replace(SHORTENED_TEXT, '$1');
}
