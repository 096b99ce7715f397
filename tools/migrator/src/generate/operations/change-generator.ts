/**
 * Pure: columns that get their numbers from Postgres, by way of a sequence (`serial`) or as an identity. Whichever way they
 * change, the next number is one that no row ever had.
 */
import { qualifiedName, type Column, type Sequence } from '../../catalog/catalog';
import type { SchemaChange, TableChange } from '../schema-change';
import { quotedName } from '../../catalog/quoted-name';
import { alterColumn, nameWithSuffix, quote, quotedText } from '../sql-text';
import { at, type Action } from '../steps';
import { createSequence, sequenceOf } from './sequences';

export const takesNext = (expression: string | null) => /^nextval\(/.test(expression ?? '');

/** Before a change of type: an identity is a whole number. */
export function dropGenerator(change: SchemaChange, table: TableChange, from: Column, to: Column): Action[] {
  if (from.identity === null || to.identity !== null) return [];
  const wanted = sequenceOf(change.to, table.name, to);
  return wanted ? identityToSequence(table, to, wanted) : alter(table, to, 'drop identity');
}

/** After a change of type. */
export function addGenerator(change: SchemaChange, table: TableChange, from: Column, to: Column): Action[] {
  const old = sequenceOf(change.from, table.name, from);
  const wanted = sequenceOf(change.to, table.name, to);
  if (to.identity !== null) {
    if (from.identity === null) return becomeIdentity(table, from, to, old);
    return from.identity === to.identity ? [] : alter(table, to, `set generated ${to.identity}`);
  }
  const isNew = wanted && !old && from.identity === null && !change.from.sequences[qualifiedName(wanted)];
  return isNew ? at('own sequence', setTo(quotedText(quotedName(wanted)), highest(table, to))) : [];
}

function becomeIdentity(table: TableChange, from: Column, to: Column, old: Sequence | undefined): Action[] {
  const sequence = `pg_get_serial_sequence(${quotedText(quotedName(table.to))}, ${quotedText(to.name)})`;
  return [
    // Two sequences of one column could not be told apart.
    ...(old ? at('alter column', `alter sequence ${quotedName(old)} owned by none`) : []),
    ...(from.notNull ? [] : alter(table, to, 'set not null')),
    ...alter(table, to, `add generated ${to.identity} as identity`),
    ...at('alter column', setTo(sequence, old ? next(quotedText(quotedName(old))) : highest(table, to))),
  ];
}

/** The identity's own sequence may have the very name, and goes with the identity; so the new one takes it last. */
function identityToSequence(table: TableChange, to: Column, wanted: Sequence): Action[] {
  const aside = { ...wanted, name: nameWithSuffix(wanted.name, '__new') };
  const sequence = `pg_get_serial_sequence(${quotedText(quotedName(table.to))}, ${quotedText(to.name)})`;
  return [
    ...at('alter column', createSequence(aside), setTo(quotedText(quotedName(aside)), next(sequence))),
    ...alter(table, to, 'drop identity'),
    ...at('alter column', `alter sequence ${quotedName(aside)} rename to ${quote(wanted.name)}`),
  ];
}

const alter = (table: TableChange, column: Column, change: string) =>
  at('alter column', alterColumn(table.to, column.name, change));

/** Takes a number from the old generator, which is lost, rather than read where it stands: that has no other use. */
const next = (sequence: string) => `select nextval(${sequence}) as value, true as used`;

const highest = ({ to: table }: TableChange, { name }: Column) =>
  `select greatest(max(${quote(name)}), 1) as value, coalesce(max(${quote(name)}) >= 1, false) as used from ${quotedName(table)}`;

const setTo = (sequence: string, query: string) =>
  `select setval(${sequence}, value, used) from (${query}) as highest`;
