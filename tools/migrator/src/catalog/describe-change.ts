/** Pure: a difference between two catalogs as one line for people, where the first is what is and the second what should be. */
import type { Change } from './compare-catalogs';

/** `users.email: type is character varying(100), expected character varying(255)`. */
export function describeChange(change: Change): string {
  switch (change.kind) {
    case 'table-added':
      return `${change.table}: the table is missing`;
    case 'table-removed':
      return `${change.table}: the table is not expected`;
    case 'table-changed':
      return isExpected(change.table, change.aspect, quoted(change.from), quoted(change.to));
    case 'column-added':
      return `${change.table}.${change.column}: the column (${change.type}) is missing`;
    case 'column-removed':
      return `${change.table}.${change.column}: the column (${change.type}) is not expected`;
    case 'column-changed': {
      const show = change.aspect === 'comment' ? quoted : orNone;
      return isExpected(
        `${change.table}.${change.column}`,
        change.aspect,
        show(change.from),
        show(change.to),
      );
    }
    case 'constraint-added':
      return `${change.table}: constraint ${change.name} is missing: ${change.definition}`;
    case 'constraint-removed':
      return `${change.table}: constraint ${change.name} is not expected: ${change.definition}`;
    case 'constraint-changed':
      return isExpected(change.table, `constraint ${change.name}`, orNone(change.from), orNone(change.to));
    case 'index-added':
      return `${change.table}: index ${change.name} is missing: ${change.definition}`;
    case 'index-removed':
      return `${change.table}: index ${change.name} is not expected: ${change.definition}`;
    case 'index-changed':
      return isExpected(change.table, `index ${change.name}`, orNone(change.from), orNone(change.to));
    case 'enum-added':
      return `${change.name}: the enum (${change.labels.join(', ')}) is missing`;
    case 'enum-removed':
      return `${change.name}: the enum (${change.labels.join(', ')}) is not expected`;
    case 'enum-changed':
      return isExpected(change.name, 'enum', `(${change.from.join(', ')})`, `(${change.to.join(', ')})`);
    case 'sequence-added':
      return `${change.name}: the sequence is missing`;
    case 'sequence-removed':
      return `${change.name}: the sequence is not expected`;
    case 'sequence-changed':
      return isExpected(change.name, `sequence's ${change.aspect}`, orNone(change.from), orNone(change.to));
    case 'view-added':
      return `${change.name}: the view is missing`;
    case 'view-removed':
      return `${change.name}: the view is not expected`;
    case 'view-changed':
      return isExpected(change.name, `view's ${change.aspect}`, oneLine(change.from), oneLine(change.to));
  }
}

const isExpected = (where: string, what: string, from: string, to: string) =>
  `${where}: ${what} is ${from}, expected ${to}`;
const orNone = (value: string | null) => value ?? 'none';
const quoted = (value: string | null) => (value === null ? 'none' : `'${value.replaceAll("'", "''")}'`);
const oneLine = (value: string | null) => orNone(value).replace(/\s+/g, ' ').trim();
