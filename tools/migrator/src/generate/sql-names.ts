/** Pure: names as Postgres writes them in generated statements, `users` or `"public"."Team members"`. */

/** One part of a name: as it is, or in quotes with everything that may stand in them. */
const PART = String.raw`(?:"(?:[^"]|"")+"|[^\s".,;()]+)`;

/** A name with or without its schema; the source of a regular expression. */
export const SQL_NAME = String.raw`${PART}(?:\.${PART})*`;

/** A regular expression in which `{name}` stands for a name and takes it. White space is as it stands. */
export function statementPattern(pattern: string): RegExp {
  return new RegExp(pattern.replaceAll('{name}', `(${SQL_NAME})`), 'i');
}

/** `"public"."users"` -> `users`; other schemas keep their name. For people, and to compare. */
export function plainName(name = ''): string {
  const parts = (name.match(new RegExp(PART, 'g')) ?? []).map((part) =>
    part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part,
  );
  return (parts.length > 1 && parts[0] === 'public' ? parts.slice(1) : parts).join('.');
}
