/**
 * Pure: what becomes of the service's own views when plain names change their meaning. A view is bound to columns, not to names, so
 * after the columns are renamed it still shows the old side; and its columns cannot change their type. So it is made anew, by the very
 * text that it has now, which then means the other side.
 *
 * For a view that is a moment, inside the switch. A materialized view has rows, which take time; so it, and every view that it
 * reads, is built before the switch under another name, and in the switch the two change their names.
 */
import { escapeIdentifier } from 'pg';
import { counterpartName, displacedName } from '../constraints/sides';
import type { ViewFacts } from '../inspect/view-facts';
import type { Shape } from '../twins';

export interface ViewSwap {
  /** Dropped and made again inside the switch; each one after all that it reads. */
  readonly remade: readonly ViewFacts[];
  /** Built before; in the same order. */
  readonly prebuilt: readonly ViewFacts[];
}

/** @param views as the facts have them, maybe with those that an earlier run has prebuilt or displaced */
export function viewSwap(views: readonly ViewFacts[], shape: Shape): ViewSwap {
  const ofAnEarlierRun = new Set(
    views.flatMap((view) => [
      inSchema(view, counterpartName(view.relation, shape)),
      inSchema(view, displacedName(view.relation, shape)),
    ]),
  );
  const own = views.filter(({ name }) => !ofAnEarlierRun.has(name));
  const prebuilt = new Set<string>();
  // Backwards: a reader is seen before what it reads.
  for (const view of [...own].reverse()) {
    if (!view.isMaterialized && !prebuilt.has(view.name)) continue;
    prebuilt.add(view.name);
    for (const name of Object.keys(view.reads)) prebuilt.add(name);
  }
  return {
    remade: own.filter(({ name }) => !prebuilt.has(name)),
    prebuilt: own.filter(({ name }) => prebuilt.has(name)),
  };
}

const inSchema = ({ schema }: ViewFacts, relation: string) =>
  schema === 'public' ? relation : `${schema}.${relation}`;

const kindOf = ({ isMaterialized }: ViewFacts) => (isMaterialized ? 'MATERIALIZED VIEW' : 'VIEW');

export const quotedView = ({ schema, relation }: ViewFacts, name = relation) =>
  `${escapeIdentifier(schema)}.${escapeIdentifier(name)}`;

export const dropView = (view: ViewFacts, name = view.relation) =>
  `DROP ${kindOf(view)} IF EXISTS ${quotedView(view, name)}`;

/** With all that hangs on it; a materialized one has no rows yet. */
export function createView(view: ViewFacts, role: string): readonly string[] {
  const columns = view.columns.map(({ name }) => escapeIdentifier(name)).join(', ');
  return [
    `CREATE ${kindOf(view)} ${quotedView(view)} (${columns}) AS ${view.definition}${view.isMaterialized ? ' WITH NO DATA' : ''}`,
    ...view.indexes.map(({ definition }) => definition),
    ...view.attached,
    ...(view.owner === role
      ? []
      : [`ALTER ${kindOf(view)} ${quotedView(view)} OWNER TO ${escapeIdentifier(view.owner)}`]),
  ];
}

/** With its indexes. */
export function renameView(view: ViewFacts, rename: { from: NameOf; to: NameOf }): readonly string[] {
  const index = (name: string) => `${escapeIdentifier(view.schema)}.${escapeIdentifier(name)}`;
  return [
    `ALTER ${kindOf(view)} ${quotedView(view, rename.from(view.relation))} RENAME TO ${escapeIdentifier(rename.to(view.relation))}`,
    ...view.indexes.map(
      ({ name }) => `ALTER INDEX ${index(rename.from(name))} RENAME TO ${escapeIdentifier(rename.to(name))}`,
    ),
  ];
}

type NameOf = (plain: string) => string;

/** How the names of the two sides are made, in this shape. */
export const namesIn = (shape: Shape) => ({
  plain: (name: string) => name,
  counterpart: (name: string) => counterpartName(name, shape),
  displaced: (name: string) => displacedName(name, shape),
});
