/** Pure: which of the generated statements would throw rows or values away. */

const DESTRUCTIVE: readonly {
  readonly pattern: RegExp;
  readonly loses: (match: RegExpExecArray) => string;
}[] = [
  { pattern: /^drop table (?:if exists )?(\S+)/i, loses: ([, table]) => plain(table) },
  {
    pattern: /^alter table (?:only )?(\S+) drop column (?:if exists )?("[^"]+"|\S+)/i,
    loses: ([, table, column]) => `${plain(table)}.${plain(column)}`,
  },
  { pattern: /^drop materialized view (?:if exists )?(\S+)/i, loses: ([, view]) => plain(view) },
];

/** What each destructive statement loses, as `table` or `table.column`, in order. */
export function losses(statements: readonly string[]): string[] {
  return statements.flatMap((statement) =>
    DESTRUCTIVE.flatMap(({ pattern, loses }) => {
      const match = pattern.exec(statement);
      return match ? [loses(match)] : [];
    }),
  );
}

/** `"public"."users"` -> `users`; other schemas keep their name. */
function plain(identifier = ''): string {
  return identifier.replaceAll('"', '').replace(/^public\./, '');
}
