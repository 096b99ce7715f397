/**
 * Pure: views. Postgres changes no column that a view reads, so such a view goes before and comes back after, with its
 * triggers, grants, comment and indexes; views that read it go with it.
 */
import type { View } from '../../catalog/catalog';
import type { SchemaChange } from '../schema-change';
import { quotedName } from '../../catalog/quoted-name';
import { at, type Action } from '../steps';

export function replaceViews(change: SchemaChange): Action[] {
  const { from, to } = change;
  const goes = viewsInTheWay(change);
  const dropped = inOrderOfReading(from.views)
    .reverse()
    .filter((name) => goes.has(name));
  const created = inOrderOfReading(to.views).filter((name) => goes.has(name) || !from.views[name]);
  return [
    ...dropped.flatMap((name) =>
      at('drop view', `drop ${kindOf(from.views[name]!)} ${quotedName(from.views[name]!)}`),
    ),
    ...created.flatMap((name) => {
      const view = to.views[name]!;
      const create = `create ${kindOf(view)} ${quotedName(view)} as ${view.definition.trim()}`;
      return at('create view', create, ...view.indexes, ...(from.views[name]?.attached ?? view.attached));
    }),
  ];
}

/** By name: those that differ or go for good, those that read a column that changes, and those that read such a view. */
export function viewsInTheWay({ from, to, tableChange }: SchemaChange): ReadonlySet<string> {
  const goes = new Set<string>();
  for (const name of inOrderOfReading(from.views)) {
    const view = from.views[name]!;
    const readsChange = Object.entries(view.reads).some(([relation, columns]) => {
      const change = tableChange(relation);
      const changing = columns.some(
        (column) =>
          change?.dropped.has(column) || change?.replaced.has(column) || change?.retyped.has(column),
      );
      return goes.has(relation) || changing || (from.tables[relation] && !to.tables[relation]);
    });
    if (readsChange || !isSameView(view, to.views[name])) goes.add(name);
  }
  return goes;
}

function isSameView(view: View, other: View | undefined): boolean {
  const shape = ({ materialized, definition, indexes }: View) =>
    JSON.stringify([materialized, definition, indexes]);
  return other !== undefined && shape(view) === shape(other);
}

/** What a view reads comes before it. */
function inOrderOfReading(views: Readonly<Record<string, View>>): string[] {
  const ordered = new Set<string>();
  const visit = (name: string) => {
    const view = views[name];
    if (!view || ordered.has(name)) return;
    Object.keys(view.reads)
      .filter((read) => read !== name)
      .sort()
      .forEach(visit);
    ordered.add(name);
  };
  Object.keys(views).forEach(visit);
  return [...ordered];
}

const kindOf = ({ materialized }: View) => (materialized ? 'materialized view' : 'view');
