/**
 * Pure: two catalogs, and what a person decided -> the statements that lead from one to the other without losing a row.
 *
 *   renames that were asked for -> renames that follow from them -> what differs then -> operations -> in order
 *
 * Owns no SQL of its own: one operation, one file, in `operations/`; each says at which stage its statements belong.
 * Nothing is dropped that was not named: that is a refusal, with the ways out.
 */
import type { Catalog } from '../catalog/catalog';
import { alignNames } from './align-names';
import { checkRenames } from './check-renames';
import { reversed, type Decisions } from './decisions';
import { withHandMade } from '../catalog/hand-made';
import { addColumns, dropColumns } from './operations/add-columns';
import { alterColumns } from './operations/alter-columns';
import { changeComments } from './operations/comments';
import { changeEnums } from './operations/enums';
import { renameTablesAndColumns } from './operations/rename-tables-and-columns';
import { replaceConstraints } from './operations/replace-constraints';
import { replaceIndexes } from './operations/replace-indexes';
import { replaceViews } from './operations/replace-views';
import { changeSequences } from './operations/sequences';
import { createTables, dropTables } from './operations/tables';
import { refusalsOf, type Refusal } from './refusals';
import { renameInCatalog } from './rename-in-catalog';
import { schemaChange, type Mode, type SchemaChange } from './schema-change';
import { inOrder, type Action, type OrderedSteps, type Step } from './steps';

export interface ChangePlan {
  /** For one transaction: quick on a table of any size, but for rewrites that cannot be avoided. */
  readonly immediate: readonly string[];
  /** For afterwards, outside a transaction, one by one; may be run again from the start. */
  readonly gradual: readonly Step[];
  /** Not empty: the rest is what would be done if all of them were allowed. */
  readonly refusals: readonly Refusal[];
}

/** @throws MigratorError BAD_OPTION for renames of what is not there */
export function planChange(from: Catalog, to: Catalog, decisions: Decisions): ChangePlan {
  const { allowDrop } = decisions;
  const target = allowDrop === 'everything' ? to : withHandMade(from, to, allowDrop);
  const { change, steps } = plan(from, target, decisions, 'online');
  const handMade = new Set(Object.keys(target.views).filter((name) => !to.views[name]));
  return {
    immediate: steps.immediate.map(statementOf),
    gradual: steps.gradual,
    refusals: refusalsOf(change, decisions, handMade),
  };
}

/**
 * The way back from a change, all of which may go again.
 * @param from what the change led to   @param to what it began with
 * @param decisions those of the change itself
 */
export function planRollback(
  from: Catalog,
  to: Catalog,
  decisions: Decisions,
  mode: Exclude<Mode, 'online'>,
): readonly Step[] {
  const { steps } = plan(from, to, reversed(decisions), mode);
  return [...steps.immediate, ...steps.gradual];
}

function plan(
  from: Catalog,
  to: Catalog,
  decisions: Decisions,
  mode: Mode,
): { change: SchemaChange; steps: OrderedSteps } {
  checkRenames(from, to, decisions);
  const aligned = alignNames(renameInCatalog(from, to, decisions), to);
  const change = schemaChange(aligned.from, to, { mode, defaults: decisions.defaults });
  const actions: Action[] = [
    ...renameTablesAndColumns(from, to, decisions),
    ...aligned.actions,
    ...changeEnums(change),
    ...changeSequences(change),
    ...createTables(change),
    ...addColumns(change),
    ...alterColumns(change),
    ...replaceIndexes(change),
    ...replaceConstraints(change),
    ...replaceViews(change),
    ...changeComments(change),
    ...dropColumns(change),
    ...dropTables(change),
  ];
  return { change, steps: inOrder(actions) };
}

function statementOf(step: Step): string {
  if (step.kind === 'statement') return step.sql;
  throw new Error(
    `a change of tables in use fills ${step.table}.${step.column} later, not in its transaction`,
  );
}
