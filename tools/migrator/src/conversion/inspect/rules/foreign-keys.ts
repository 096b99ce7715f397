/**
 * Pure: foreign keys between what is converted and what is not. A foreign key joins equal values, so both of its ends are converted, to the
 * UUIDs of the same key, or none is.
 */
import { targetOf, type Inspection } from '../inspection';
import { refuse, type Refusal } from '../refusal';
import type { ConstraintFacts } from '../table-facts';

interface Link {
  readonly constraint: ConstraintFacts;
  readonly table: string;
  readonly column: string;
  readonly toTable: string;
  readonly toColumn: string;
}

export function refuseForeignKeys(inspection: Inspection): readonly Refusal[] {
  return linksOf(inspection).flatMap((link) => refuseLink(link, inspection));
}

/** Each column of each foreign key from or to a table with twins, once. */
function linksOf({ tables }: Inspection): readonly Link[] {
  const links = new Map<string, Link>();
  const add = (table: string, constraint: ConstraintFacts) => {
    constraint.columns.forEach((column, index) => {
      const toColumn = constraint.references!.columns[index]!;
      const link = { constraint, table, column, toTable: constraint.references!.table, toColumn };
      links.set(JSON.stringify([table, constraint.name, column]), link);
    });
  };
  for (const { name, constraints, inbound } of tables.values()) {
    constraints.filter(({ kind }) => kind === 'foreign key').forEach((constraint) => add(name, constraint));
    inbound.forEach(({ table, constraint }) => add(table, constraint));
  }
  return [...links.values()];
}

function refuseLink(
  { constraint, table, column, toTable, toColumn }: Link,
  inspection: Inspection,
): readonly Refusal[] {
  const from = inspection.twinAt(table, column);
  const to = inspection.twinAt(toTable, toColumn);
  if (!from && !to) return [];
  const subject = `${table}.${column}`;
  const end = `${toTable}.${toColumn}`;
  if (!from) {
    const numbers = targetOf(to!) ?? toTable;
    const problem =
      `the foreign key ${constraint.name} points at ${end}, which is converted, and the declaration does not have this column. Add ` +
      `{ kind: 'column', table: '${table}', column: '${column}', to: '${numbers}' } to its references.`;
    return [refuse('CONVERSION_FOREIGN_KEY_UNDECLARED', subject, problem)];
  }
  const target = targetOf(from);
  // The key itself, and what has the same key's numbers, are one and the same to a reference.
  if (to && target !== null && target === targetOf(to)) return [];
  const whose =
    target === null ? 'several numbers' : from.role === 'key' ? 'numbers of its own' : `numbers of ${target}`;
  const theirs = !to
    ? 'is not converted'
    : targetOf(to) === toTable
      ? 'has its own'
      : `has those of ${targetOf(to) ?? 'several tables'}`;
  const problem =
    `it is declared to have ${whose}, but the foreign key ${constraint.name} points at ${end}, which ${theirs}. Correct what the ` +
    'reference is `to`, declare both columns, or drop the foreign key.';
  return [refuse('CONVERSION_FOREIGN_KEY_ELSEWHERE', subject, problem)];
}
