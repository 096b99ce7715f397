/**
 * Pure: rows that keep all checks out of candidates that each keep some. Columns that a check ties together stay
 * together, everything else is mixed: ten checks that every second candidate keeps need no thousand candidates.
 */
import type { Constraint, Table } from '../catalog/catalog';
import type { Random } from './random';
import type { RowText } from './rows-snapshot';

export interface JudgedRow {
  readonly row: RowText;
  /** Names of the checks that it keeps. */
  readonly keeps: ReadonlySet<string>;
}

/** Columns that must come from one candidate, and the checks on them. */
interface Group {
  readonly columns: Set<string>;
  readonly checks: string[];
}

export interface Combined {
  readonly rows: readonly RowText[];
  /** Checks that no candidate keeps: then there are no rows. */
  readonly impossible: readonly string[];
}

export function combineRows(
  table: Table,
  judged: readonly JudgedRow[],
  count: number,
  random: Random,
): Combined {
  const groups = groupsOf(table).map(({ columns, checks }) => ({
    columns,
    checks,
    fitting: judged.filter(({ keeps }) => checks.every((check) => keeps.has(check))),
  }));
  const impossible = groups.filter(({ fitting }) => fitting.length === 0).flatMap(({ checks }) => checks);
  if (impossible.length > 0 || judged.length === 0) return { rows: [], impossible };
  const rows = Array.from({ length: count }, () => {
    const row = { ...random.pick(judged).row };
    for (const { columns, fitting } of groups) {
      const from = random.pick(fitting).row;
      for (const column of columns) if (column in row) row[column] = from[column] ?? null;
    }
    return row;
  });
  return { rows, impossible };
}

function groupsOf(table: Table): Group[] {
  const groups: Group[] = [];
  const tie = (columns: readonly string[], checks: readonly string[]) => {
    const touching = groups.filter((group) => columns.some((column) => group.columns.has(column)));
    for (const group of touching) groups.splice(groups.indexOf(group), 1);
    groups.push({
      columns: new Set([...columns, ...touching.flatMap((group) => [...group.columns])]),
      checks: [...checks, ...touching.flatMap((group) => group.checks)],
    });
  };
  for (const constraint of Object.values(table.constraints)) {
    if (constraint.kind === 'check') tie(readColumns(table, constraint), [constraint.name]);
    // The values of a composite key are a key only together.
    if (constraint.kind === 'foreign key') tie(constraint.columns, []);
  }
  return groups;
}

/** With what the generated columns among them are computed from, as far as their text names it. */
function readColumns(table: Table, { columns }: Constraint): string[] {
  const computed = table.columns.filter(
    ({ name, generated }) => generated !== null && columns.includes(name),
  );
  const sources = table.columns.filter(({ name }) =>
    computed.some(({ generated }) => generated?.includes(name)),
  );
  return [...new Set([...columns, ...sources.map(({ name }) => name)])];
}
