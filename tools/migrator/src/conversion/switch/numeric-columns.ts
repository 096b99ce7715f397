/**
 * Pure: a column with numbers, as it is before the contract drops it -> the statements that bring it back, empty. They are kept in
 * the database, because nothing else remembers.
 *
 * A serial's sequence is dropped with its column and comes back where it stopped, so that no number is given twice. An identity needs a
 * column without nulls, so until the column is filled it has a default instead, from a sequence of the same name.
 */
import { escapeIdentifier, escapeLiteral } from 'pg';
import type { SequenceFacts } from '../inspect/facts';
import type { ColumnFacts, GrantFacts } from '../inspect/table-facts';
import { nameWithSuffix, quotedTable, schemaAndName } from '../names';
import type { Twin } from '../twins';

export interface SequenceState {
  readonly lastValue: string;
  /** False when `lastValue` is the next one. */
  readonly isCalled: boolean;
  readonly grants: readonly GrantFacts[];
}

export interface NumericColumn {
  readonly table: string;
  readonly role: Twin['role'];
  readonly column: ColumnFacts;
  /** The plain column, with the UUIDs; that of a key has no default while both are there. */
  readonly twin: string;
  /** The one that gives its numbers, by identity or by default. */
  readonly sequence: (SequenceFacts & SequenceState) | undefined;
}

export interface WayBack {
  /** In the order of running, before the column is filled. */
  readonly before: readonly string[];
  /** When every row has its number. */
  readonly after: readonly string[];
}

export function wayBack(numeric: NumericColumn): WayBack {
  const { table, role, column, twin } = numeric;
  const [relation, name] = [quotedTable(table), escapeIdentifier(column.name)];
  const alter = `ALTER TABLE ${relation} ALTER COLUMN ${name}`;
  const collation = column.collation === null ? '' : ` COLLATE ${column.collation}`;
  const numbers = numbersOf(numeric);
  return {
    before: [
      `ALTER TABLE ${relation} ADD COLUMN ${name} ${column.type}${collation}`,
      ...(role === 'key'
        ? [`ALTER TABLE ${relation} ALTER COLUMN ${escapeIdentifier(twin)} DROP DEFAULT`]
        : []),
      ...numbers.before,
      ...(column.default === null ? [] : [`${alter} SET DEFAULT ${column.default}`]),
      ...column.grants.map(
        ({ privilege, grantee, isGrantable }) =>
          `GRANT ${privilege} (${name}) ON ${relation} TO ${grantee}${isGrantable ? ' WITH GRANT OPTION' : ''}`,
      ),
      ...(column.statisticsTarget === null ? [] : [`${alter} SET STATISTICS ${column.statisticsTarget}`]),
      ...(column.options.length === 0 ? [] : [`${alter} SET (${column.options.join(', ')})`]),
      ...(column.comment === null
        ? []
        : [`COMMENT ON COLUMN ${relation}.${name} IS ${escapeLiteral(column.comment)}`]),
    ],
    after: numbers.after,
  };
}

/** Whether the column's sequence goes with it. One that others use, too, stays. */
export const isDroppedWith = ({ table, column, sequence }: NumericColumn) =>
  sequence?.ownedBy?.table === table &&
  sequence.ownedBy.column === column.name &&
  sequence.usedBy.length <= 1;

function numbersOf(numeric: NumericColumn): WayBack {
  const { table, column, sequence } = numeric;
  if (sequence === undefined) return { before: [], after: [] };
  const relation = quotedTable(table);
  const name = escapeIdentifier(column.name);
  if (!isDroppedWith(numeric)) return { before: [], after: [] };
  const own = quotedTable(sequence.name);
  const create = [
    `CREATE SEQUENCE ${own} ${optionsOf(sequence)}`,
    setValue(own, sequence),
    ...grantsOn(sequence),
  ];
  if (column.identity === null) {
    return { before: [...create, `ALTER SEQUENCE ${own} OWNED BY ${relation}.${name}`], after: [] };
  }
  const [schema, bare] = schemaAndName(sequence.name);
  const interim = nameWithSuffix(bare, '_interim');
  const alter = `ALTER TABLE ${relation} ALTER COLUMN ${name}`;
  const always = column.identity === 'always' ? 'ALWAYS' : 'BY DEFAULT';
  return {
    before: [...create, `${alter} SET DEFAULT nextval(${escapeLiteral(own)}::regclass)`],
    after: [
      `${alter} DROP DEFAULT`,
      `ALTER SEQUENCE ${own} RENAME TO ${escapeIdentifier(interim)}`,
      `${alter} ADD GENERATED ${always} AS IDENTITY (SEQUENCE NAME ${own} ${countingOf(sequence)})`,
      `SELECT setval(${escapeLiteral(own)}::regclass, last_value, is_called) FROM ${escapeIdentifier(schema)}.${escapeIdentifier(interim)}`,
      ...grantsOn(sequence),
      `DROP SEQUENCE ${escapeIdentifier(schema)}.${escapeIdentifier(interim)}`,
    ],
  };
}

const grantsOn = ({ name, grants }: SequenceFacts & SequenceState) =>
  grants.map(
    ({ privilege, grantee, isGrantable }) =>
      `GRANT ${privilege} ON SEQUENCE ${quotedTable(name)} TO ${grantee}${isGrantable ? ' WITH GRANT OPTION' : ''}`,
  );

const setValue = (sequence: string, { lastValue, isCalled }: SequenceState) =>
  `SELECT setval(${escapeLiteral(sequence)}::regclass, ${lastValue}, ${isCalled})`;

const optionsOf = (sequence: SequenceFacts) => `AS ${sequence.type} ${countingOf(sequence)}`;

/** All but the type, which an identity has from its column. */
const countingOf = ({ increment, min, max, start, cache, cycles }: SequenceFacts) =>
  `INCREMENT BY ${increment} MINVALUE ${min} MAXVALUE ${max} START WITH ${start} CACHE ${cache} ${cycles ? 'CYCLE' : 'NO CYCLE'}`;
