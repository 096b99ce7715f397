/** `$1` with its value in place, for people who read the SQL or paste it into psql. */
import { escapeLiteral } from 'pg';
import { prepareValue } from 'pg/lib/utils';

/** Values are written as Postgres literals of unknown type, which take the type of their place as a parameter does. */
export function inlineParameters(sql: string, parameters: readonly unknown[]): string {
  if (parameters.length === 0) return sql;
  return sql.replace(/\$(\d+)/g, (placeholder, digits: string) => {
    const index = Number(digits) - 1;
    if (index >= parameters.length) return placeholder;
    const value: unknown = prepareValue(parameters[index]);
    return value === null || value === undefined ? 'NULL' : escapeLiteral(String(value));
  });
}
