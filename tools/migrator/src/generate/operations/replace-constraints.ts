/**
 * Pure: keys, checks and foreign keys. On a table in use a foreign key and a check hold for new rows at once and for old ones
 * once they are validated, which blocks nobody; a key is built as an index beside the work and then taken over.
 * https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES
 */
import type { Constraint, ObjectName, Table } from '../../catalog/catalog';
import { keyIndex, keysBuiltLater, type KeysBuiltLater } from '../key-index';
import { constraintReplacements, isKey, type Replacement } from '../replacements';
import { loses, type SchemaChange } from '../schema-change';
import { quotedName } from '../../catalog/quoted-name';
import { alterTable, nameWithSuffix, quote } from '../sql-text';
import { at, type Action, type Stage } from '../steps';

export function replaceConstraints(change: SchemaChange): Action[] {
  const replacements = constraintReplacements(change);
  const later = keysBuiltLater(change, replacements);
  return [
    ...replacements.flatMap((replacement) => [
      ...dropOld(change, replacement, later),
      ...addWanted(change, replacement, later),
    ]),
    ...change.newTables.flatMap(([, table]) =>
      Object.values(table.constraints).flatMap((constraint) =>
        later.includes(constraint.references)
          ? addForOldRows(table, constraint, later)
          : addAtOnce(change, table, constraint),
      ),
    ),
  ];
}

/** Whether the old one goes in the transaction, and not only when the new one takes its place. */
function goesAtOnce(change: SchemaChange, { table, wanted, goesFirst }: Replacement<Constraint>): boolean {
  return !wanted || goesFirst || !change.isInUse(table.name) || !canWait(wanted);
}

/** An exclusion constraint is never NOT VALID, and its index never built beside the work. */
function canWait(constraint: Constraint): boolean {
  return isKey(constraint) ? keyIndex(constraint) !== undefined : constraint.kind !== 'exclusion';
}

function dropOld(
  change: SchemaChange,
  replacement: Replacement<Constraint>,
  later: KeysBuiltLater,
): Action[] {
  const { table, old, wanted } = replacement;
  if (!old) return [];
  const isForeignKey = old.kind === 'foreign key';
  if (!goesAtOnce(change, replacement)) {
    // Its successor sees to it, where that waits for the same key.
    const isCleared = later.includes(wanted?.references ?? null);
    return isForeignKey && later.includes(old.references) && !isCleared ? clear(table.to, old.name) : [];
  }
  // A column takes its own checks and keys with it.
  const goesWithColumn = !isForeignKey && old.kind !== 'primary key' && loses(table, old.columns);
  if (!wanted && goesWithColumn) return [];
  const ifExists = change.mode === 'repeatable' ? 'if exists ' : '';
  return at(
    isForeignKey ? 'drop foreign key' : 'drop constraint',
    alterTable(table.to, `drop constraint ${ifExists}${quote(old.name)}`),
  );
}

function addWanted(
  change: SchemaChange,
  replacement: Replacement<Constraint>,
  later: KeysBuiltLater,
): Action[] {
  const { table, old, wanted, isRemade, goesFirst } = replacement;
  if (!wanted) return [];
  const mustWait = later.includes(wanted.references);
  if (!mustWait && (!change.isInUse(table.name) || !canWait(wanted))) {
    return addAtOnce(change, table.to, wanted);
  }
  if (isKey(wanted)) return buildKey(table.to, wanted, goesFirst ? undefined : old);
  if (isRemade && goesFirst && !mustWait && change.mode === 'online') {
    return [
      ...addAtOnce(change, table.to, wanted, ' not valid'),
      ...at('gradual: validate', validate(table.to, wanted)),
    ];
  }
  return addForOldRows(table.to, wanted, later);
}

function addAtOnce(change: SchemaChange, table: Table, constraint: Constraint, suffix = ''): Action[] {
  const { name, definition } = constraint;
  return at(
    stageOf(change, constraint),
    alterTable(table, `add constraint ${quote(name)} ${definition}${suffix}`),
  );
}

/** Tables are made in the order of their names, so what a foreign key needs may come after it. */
function stageOf({ to }: SchemaChange, { kind, references }: Constraint): Stage {
  if (kind === 'primary key') return 'add primary key';
  const keys = Object.values(to.tables[references?.table ?? '']?.constraints ?? {});
  const isOfPrimaryKey = keys.some(
    (key) => key.kind === 'primary key' && key.columns.join() === references?.columns.join(),
  );
  return kind === 'foreign key' && !isOfPrimaryKey ? 'add late foreign key' : 'add constraint';
}

function addForOldRows(table: Table, constraint: Constraint, later: KeysBuiltLater): Action[] {
  const name = quote(constraint.name);
  return [
    // Run again, it would otherwise hold on to the key that is made again before it.
    ...(later.includes(constraint.references) ? clear(table, constraint.name) : []),
    ...at(
      'gradual: add constraint',
      alterTable(
        table,
        `drop constraint if exists ${name}, add constraint ${name} ${constraint.definition} not valid`,
      ),
      validate(table, constraint),
    ),
  ];
}

function validate(table: ObjectName, { name }: Constraint): string {
  return alterTable(table, `validate constraint ${quote(name)}`);
}

function clear(table: ObjectName, constraint: string): Action[] {
  return at('gradual: clear', alterTable(table, `drop constraint if exists ${quote(constraint)}`));
}

/** @param old the one that it takes the place of, which stays until then */
function buildKey(table: Table, wanted: Constraint, old: Constraint | undefined): Action[] {
  const index = keyIndex(wanted);
  if (!index) return [];
  const built = old ? nameWithSuffix(wanted.name, '__new') : wanted.name;
  const kind = wanted.kind === 'primary key' ? 'primary key' : 'unique';
  const drops = [...new Set([old?.name ?? wanted.name, wanted.name])].map(
    (name) => `drop constraint if exists ${quote(name)}`,
  );
  const take = `add constraint ${quote(wanted.name)} ${kind} using index ${quote(built)}${index.rest}`;
  return at(
    'gradual: build key',
    ...(old ? [] : [alterTable(table, drops.join(', '))]),
    `drop index concurrently if exists ${quotedName({ schema: table.schema, name: built })}`,
    `create unique index concurrently ${quote(built)} on ${quotedName(table)} ${index.body}`,
    alterTable(table, old ? [...drops, take].join(', ') : take),
  );
}
