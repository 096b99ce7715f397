/** `$1` with its value in place, for people who read the SQL or paste it into psql. */
import { escapeLiteral } from 'pg';
import { prepareValue } from 'pg/lib/utils';
import { sqlPieces } from '../pg/sql-pieces';

/** Values are written as Postgres literals of unknown type, which take the type of their place as a parameter does. */
export function inlineParameters(sql: string, parameters: readonly unknown[]): string {
  if (parameters.length === 0) return sql;
  return sqlPieces(sql)
    .map(({ kind, text }) => (kind === 'plain' ? inlineInto(text, parameters) : text))
    .join('');
}

function inlineInto(sql: string, parameters: readonly unknown[]): string {
  return sql.replace(/(?<![\w$])\$(\d+)/g, (placeholder, digits: string) => {
    const index = Number(digits) - 1;
    return index in parameters ? literal(parameters[index]) : placeholder;
  });
}

function literal(parameter: unknown): string {
  const value: unknown = prepareValue(parameter);
  if (value === null || value === undefined) return 'NULL';
  if (Buffer.isBuffer(value)) return `'\\x${value.toString('hex')}'`;
  return escapeLiteral(String(value)).trim();
}
