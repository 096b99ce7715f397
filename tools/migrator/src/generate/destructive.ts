/** Pure: which of the generated statements would throw rows or values away. */
import { plainName, statementPattern } from './sql-names';

const DESTRUCTIVE: readonly {
  readonly pattern: RegExp;
  readonly loses: (match: RegExpExecArray) => string;
}[] = [
  { pattern: statementPattern('^drop table (?:if exists )?{name}'), loses: ([, table]) => plainName(table) },
  {
    pattern: statementPattern('^alter table (?:only )?{name} drop column (?:if exists )?{name}'),
    loses: ([, table, column]) => `${plainName(table)}.${plainName(column)}`,
  },
  {
    pattern: statementPattern('^drop materialized view (?:if exists )?{name}'),
    loses: ([, view]) => plainName(view),
  },
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
