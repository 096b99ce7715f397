/**
 * Pure: SQL text -> the pieces in which white space, `$1` and `--` mean something or nothing.
 * https://www.postgresql.org/docs/current/sql-syntax-lexical.html
 */

export interface SqlPiece {
  /** `quoted`: strings, quoted identifiers, dollar-quoted bodies. */
  readonly kind: 'plain' | 'quoted' | 'comment';
  readonly text: string;
}

const OPENING = new RegExp(
  [
    // In E'...' a backslash escapes; the E must not be the end of a longer word.
    String.raw`(?<escape>(?<![\w$])[eE]')`,
    String.raw`(?<string>')`,
    String.raw`(?<identifier>")`,
    // A dollar inside a word, as in a$b$c, quotes nothing.
    String.raw`(?<dollar>(?<![\w$])\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$)`,
    String.raw`(?<line>--)`,
    String.raw`(?<block>/\*)`,
  ].join('|'),
  'g',
);

/** All of the text, in order; what is left open ends with it. */
export function sqlPieces(sql: string): SqlPiece[] {
  const pieces: SqlPiece[] = [];
  const add = (kind: SqlPiece['kind'], text: string) => {
    if (text !== '') pieces.push({ kind, text });
  };
  let position = 0;
  for (let found = open(sql, position); found; found = open(sql, position)) {
    const { start, kind, end } = found;
    add('plain', sql.slice(position, start));
    add(kind, sql.slice(start, end));
    position = end;
  }
  add('plain', sql.slice(position));
  return pieces;
}

function open(sql: string, from: number) {
  OPENING.lastIndex = from;
  const match = OPENING.exec(sql);
  if (!match) return undefined;
  const { escape, dollar, line, block } = match.groups ?? {};
  const start = match.index;
  const inside = start + match[0].length;
  if (line) return { start, kind: 'comment' as const, end: endOf(sql, /(?=\n)/g, inside) };
  if (block) return { start, kind: 'comment' as const, end: endOfComment(sql, inside) };
  if (dollar) return { start, kind: 'quoted' as const, end: endOfDollarQuote(sql, dollar, inside) };
  if (escape) return { start, kind: 'quoted' as const, end: endOf(sql, /(?:[^'\\]|\\[\s\S]|'')*'/y, inside) };
  const closing = match[0] === '"' ? /(?:[^"]|"")*"/y : /(?:[^']|'')*'/y;
  return { start, kind: 'quoted' as const, end: endOf(sql, closing, inside) };
}

function endOf(sql: string, closing: RegExp, from: number): number {
  closing.lastIndex = from;
  const match = closing.exec(sql);
  return match ? match.index + match[0].length : sql.length;
}

function endOfDollarQuote(sql: string, delimiter: string, from: number): number {
  const index = sql.indexOf(delimiter, from);
  return index < 0 ? sql.length : index + delimiter.length;
}

/** Comments of this kind nest. */
function endOfComment(sql: string, from: number): number {
  const signs = /\/\*|\*\//g;
  signs.lastIndex = from;
  let depth = 1;
  for (let sign = signs.exec(sql); sign; sign = signs.exec(sql)) {
    depth += sign[0] === '/*' ? 1 : -1;
    if (depth === 0) return signs.lastIndex;
  }
  return sql.length;
}
