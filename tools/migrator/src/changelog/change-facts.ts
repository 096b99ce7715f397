/**
 * Pure: one difference between the catalogs before and after a migration -> what a client of the database has to know
 * of it. Owns the decision what is breaking:
 *
 *   removed    a table, column, enum label, view or the like that was there; a uniqueness that ON CONFLICT names
 *   narrowed   what was accepted may be refused now: a type that holds less, NOT NULL, a new check, unique or foreign key
 *              on columns that were there, a default that is gone, a column that inserts must name
 *
 * Renames are not differences: see `align-names`.
 */
import type { EnumType } from '../catalog/catalog';
import type { Change } from '../catalog/compare-catalogs';
import { columnAddedFact, columnChangedFact } from './column-facts';
import { breaking, harmless, type Fact } from './fact';
import {
  constraintAddedFact,
  constraintRemovedFact,
  indexAddedFact,
  indexRemovedFact,
  type Compared,
} from './key-facts';
import { code, codes } from './markdown';

/** None for a change that follows from another one, such as an index that went with its column. */
export function changeFacts(change: Change, compared: Compared): Fact[] {
  switch (change.kind) {
    case 'table-added': {
      const { columns } = compared.after.tables[change.table]!;
      return [harmless(`table ${code(change.table)} added: ${codes(columns.map(({ name }) => name))}`)];
    }
    case 'table-removed':
      return [breaking(`table ${code(change.table)} removed`)];
    case 'table-changed':
      return [harmless(`table ${code(change.table)}: ${commentText(change.to)}`)];
    case 'column-added':
      return [columnAddedFact(change, compared.after)];
    case 'column-removed':
      return [breaking(`column ${code(`${change.table}.${change.column}`)} removed`)];
    case 'column-changed':
      return change.aspect === 'comment'
        ? [harmless(`column ${code(`${change.table}.${change.column}`)}: ${commentText(change.to)}`)]
        : [columnChangedFact(change, compared.after)];
    case 'constraint-added':
      return [constraintAddedFact(change, compared)];
    case 'constraint-changed':
      return [
        breaking(
          `${code(change.table)}: constraint ${code(change.name)} changed from ${code(change.from!)} to ${code(change.to!)}`,
        ),
      ];
    case 'index-added':
      return [indexAddedFact(change, compared)];
    case 'constraint-removed':
      return constraintRemovedFact(change, compared);
    case 'index-removed':
      return indexRemovedFact(change, compared);
    case 'index-changed':
      return [indexChangedFact(change, compared)];
    case 'enum-added':
      return [harmless(`enum ${code(change.name)} added: ${codes(change.labels)}`)];
    case 'enum-removed':
      return [breaking(`enum ${code(change.name)} removed`)];
    case 'enum-changed':
      return enumFacts(change.name, change.from, change.to);
    case 'sequence-added':
    case 'sequence-removed':
      return sequenceFact(change, compared);
    case 'sequence-changed':
      return change.aspect === 'owner'
        ? []
        : [
            harmless(
              `sequence ${code(change.name)}: type changed from ${code(change.from!)} to ${code(change.to!)}`,
            ),
          ];
    case 'view-added':
      return [harmless(`view ${code(change.name)} added`)];
    case 'view-removed':
      return [breaking(`view ${code(change.name)} removed`)];
    case 'view-changed':
      return [harmless(`view ${code(change.name)}: ${change.aspect} changed`)];
  }
}

const commentText = (comment: string | null) =>
  comment === null ? 'comment removed' : `comment is now ${code(comment)}`;

function indexChangedFact(change: Extract<Change, { kind: 'index-changed' }>, { after }: Compared): Fact {
  const text = `${code(change.table)}: index ${code(change.name)} changed from ${code(change.from!)} to ${code(change.to!)}`;
  const narrows = change.aspect === 'definition' && after.tables[change.table]!.indexes[change.name]!.unique;
  return { breaking: narrows, text };
}

function enumFacts(name: string, from: EnumType['labels'], to: EnumType['labels']): Fact[] {
  const removed = from.filter((label) => !to.includes(label));
  const added = to.filter((label) => !from.includes(label));
  return [
    ...(removed.length > 0 ? [breaking(`enum ${code(name)}: ${codes(removed)} removed`)] : []),
    ...(added.length > 0 ? [harmless(`enum ${code(name)}: ${codes(added)} added`)] : []),
    ...(removed.length + added.length === 0
      ? [harmless(`enum ${code(name)}: order is now ${codes(to)}`)]
      : []),
  ];
}

/** A sequence that belongs to a column is the column's matter. */
function sequenceFact(
  { kind, name }: Extract<Change, { kind: 'sequence-added' | 'sequence-removed' }>,
  { before, after }: Compared,
): Fact[] {
  const added = kind === 'sequence-added';
  const sequence = (added ? after : before).sequences[name]!;
  if (sequence.ownedBy) return [];
  return [{ breaking: !added, text: `sequence ${code(name)} ${added ? 'added' : 'removed'}` }];
}
