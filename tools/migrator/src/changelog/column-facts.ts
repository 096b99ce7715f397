/** Pure: what an added or changed column means to those who read and write it. */
import type { Catalog, Column } from '../catalog/catalog';
import type { Change } from '../catalog/compare-catalogs';
import { compareTypes } from './compare-types';
import { breaking, harmless, type Fact } from './fact';
import { code } from './markdown';

type ColumnChanged = Extract<Change, { kind: 'column-changed' }>;

/** A client that does not know the column yet must be able to go on inserting. */
export function columnAddedFact(
  { table, column: name, type }: Extract<Change, { kind: 'column-added' | 'column-removed' }>,
  after: Catalog,
): Fact {
  const column = columnOf(after, table, name);
  const text = `column ${code(`${table}.${name}`)} added: ${code(type)}`;
  return mustBeNamed(column)
    ? breaking(`${text}, not null and without a default, so inserts must name it`)
    : harmless(column.notNull ? `${text}, not null` : text);
}

export function columnChangedFact(change: ColumnChanged, after: Catalog): Fact {
  const where = `column ${code(`${change.table}.${change.column}`)}`;
  const column = columnOf(after, change.table, change.column);
  const { breaks, text } = judge(change, column);
  return { breaking: breaks, text: `${where} ${text}` };
}

function judge({ aspect, from, to }: ColumnChanged, column: Column): { breaks: boolean; text: string } {
  const fromTo = `from ${code(from ?? 'none')} to ${code(to ?? 'none')}`;
  switch (aspect) {
    case 'type': {
      const change = compareTypes(from!, to!);
      const verb = { wider: 'widened', narrower: 'narrowed', other: 'changed' }[change];
      return { breaks: change !== 'wider', text: `${verb} ${fromTo}` };
    }
    case 'nullability':
      return column.notNull
        ? { breaks: true, text: 'narrowed: it takes no null any more' }
        : { breaks: false, text: 'may be null now' };
    case 'default':
      if (to !== null) {
        const text = from === null ? `has a default now: ${code(to)}` : `has another default: ${fromTo}`;
        return { breaks: false, text };
      }
      return mustBeNamed(column)
        ? { breaks: true, text: `lost its default ${code(from!)}: inserts must name it` }
        : { breaks: false, text: `lost its default ${code(from!)}` };
    case 'identity':
      if (to === 'always') return { breaks: true, text: 'is always generated now: inserts must not name it' };
      if (to === 'by default') return { breaks: false, text: 'is generated where inserts do not name it' };
      return { breaks: mustBeNamed(column), text: 'is not generated any more' };
    case 'generated':
      if (from === null) return { breaks: true, text: `is computed now and cannot be written: ${code(to!)}` };
      if (to === null) return { breaks: true, text: `is not computed any more: ${code(from)}` };
      return { breaks: false, text: `is computed differently: ${fromTo}` };
    case 'collation':
    case 'comment':
      return { breaks: false, text: `has another ${aspect}: ${fromTo}` };
  }
}

function mustBeNamed(column: Column): boolean {
  return column.notNull && column.default === null && column.identity === null && column.generated === null;
}

function columnOf(catalog: Catalog, table: string, name: string): Column {
  return catalog.tables[table]!.columns.find((column) => column.name === name)!;
}
