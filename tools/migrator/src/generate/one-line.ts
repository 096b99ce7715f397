/** Pure: a statement on one line. */
import { sqlPieces } from '../pg/sql-pieces';

/** White space outside quotes means nothing in SQL, and comments nowhere; inside quotes everything stays. */
export function oneLine(statement: string): string {
  let line = '';
  let unquoted = '';
  for (const { kind, text } of sqlPieces(statement)) {
    if (kind === 'quoted') {
      line += unquoted.replace(/\s+/g, ' ') + text;
      unquoted = '';
    } else unquoted += kind === 'comment' ? ' ' : text;
  }
  return (line + unquoted.replace(/\s+/g, ' ')).trim().replace(/\s*;$/, '');
}
