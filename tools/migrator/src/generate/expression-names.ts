/**
 * Pure: which names an expression that Postgres printed refers to, and the same expression with other names. Postgres
 * prints its own words in capitals and every name that could be mistaken for one in quotes, so that little is left to
 * guess: a name after `::` is a type's, before `(` a function's, and every other one a column's.
 */
import { sqlPieces } from '../pg/sql-pieces';
import { quote } from './sql-text';

interface Token {
  readonly text: string;
  /** What is named, without quotes, `schema.name` for a type outside public; null for what is no name. */
  readonly name: string | null;
  readonly role: 'column' | 'type' | 'function' | null;
}

export interface NewNames {
  /** By old name. */
  readonly columns?: ReadonlyMap<string, string>;
  /** By the old `qualifiedName`; the new name as it is to be written. */
  readonly types?: ReadonlyMap<string, string>;
}

/** The columns that a printed expression names. */
export function columnsIn(expression: string): Set<string> {
  return new Set(
    tokensOf(expression).flatMap(({ role, name }) => (role === 'column' && name !== null ? [name] : [])),
  );
}

export function renameIn(expression: string, { columns = new Map(), types = new Map() }: NewNames): string {
  if (columns.size === 0 && types.size === 0) return expression;
  return tokensOf(expression)
    .map(({ text, name, role }) => {
      if (name === null) return text;
      const column = role === 'column' ? columns.get(name) : undefined;
      if (column !== undefined) return quote(column);
      return (role === 'type' ? types.get(name) : undefined) ?? text;
    })
    .join('');
}

/** Two prints of one expression are equal in this form, whichever of their names stand in quotes. */
export function unquoted(expression: string): string {
  return tokensOf(expression)
    .map(({ text, name }) => (name !== null && /^[a-z_][a-z0-9_$]*$/.test(name) ? name : text))
    .join('');
}

const WORD = /([A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)/;

function tokensOf(expression: string): Token[] {
  const texts = sqlPieces(expression)
    .flatMap(({ kind, text }) => (kind === 'plain' ? text.split(WORD) : [text]))
    .filter((text) => text !== '');
  const tokens: Token[] = [];
  texts.forEach((text, index) => {
    const name = nameIn(text);
    const role = name === null ? null : roleOf(tokens, texts[index + 1] ?? '');
    if (role === 'type' && tokens.at(-1)?.text === '.') {
      const [schema] = tokens.splice(-2);
      tokens.push({ text: `${schema?.text}.${text}`, name: `${schema?.name}.${name}`, role });
    } else tokens.push({ text, name, role });
  });
  return tokens;
}

function nameIn(text: string): string | null {
  if (text.startsWith('"')) return text.slice(1, -1).replaceAll('""', '"');
  return /^[a-z_\u0080-\uffff]/.test(text) ? text : null;
}

function roleOf(before: readonly Token[], next: string): Token['role'] {
  const [word, between = ''] = [before.at(-2), before.at(-1)?.text];
  if (between.endsWith('::')) return 'type';
  if (between === '.' && word?.role === 'type') return 'type';
  // The further words of `timestamp(3) without time zone`.
  if (word?.role === 'type' && /^(\(\d+\))? $/.test(between)) return 'type';
  if (word?.text === 'COLLATE') return null;
  return next.startsWith('(') ? 'function' : 'column';
}
