/**
 * The order of a change. An operation says what it does and at which stage; the stages, in this order, make the whole
 * work: what stands in the way goes first, what is new comes before what refers to it, what holds rows goes last.
 */

import { oneLine } from './one-line';

/** One statement, or a place where a person has to say what the rows get that have nothing yet. */
export type Step =
  | { readonly kind: 'statement'; readonly sql: string }
  | { readonly kind: 'backfill'; readonly table: string; readonly column: string; readonly example: string };

/** Inside one transaction: changes of the catalog, and rewrites that cannot be avoided. */
const IMMEDIATE = [
  'create schema',
  'rename',
  'drop view',
  'drop foreign key',
  'drop constraint',
  'drop index',
  'drop replaced column',
  'prepare enum',
  'create enum',
  'create sequence',
  'create table',
  'add column',
  'alter column',
  'own sequence',
  'add generated column',
  'backfill',
  'set not null',
  'create index',
  'add primary key',
  'add constraint',
  'add late foreign key',
  'drop column',
  'drop table',
  'drop sequence',
  'drop enum',
  'create view',
  'comment',
] as const;

/** Outside a transaction: what reads or builds on a table with rows. Every stage can be run again. */
const GRADUAL = [
  'gradual: clear',
  'gradual: backfill',
  'gradual: set not null',
  'gradual: build index',
  'gradual: build key',
  'gradual: add constraint',
  'gradual: validate',
] as const;

export type Stage = (typeof IMMEDIATE)[number] | (typeof GRADUAL)[number];

export interface Action {
  readonly stage: Stage;
  readonly step: Step;
}

/** Statements of one stage, each on one line. */
export function at(stage: Stage, ...statements: readonly string[]): Action[] {
  return statements.map((sql) => ({ stage, step: { kind: 'statement', sql: oneLine(sql) } }));
}

export interface OrderedSteps {
  readonly immediate: readonly Step[];
  readonly gradual: readonly Step[];
}

/** Within a stage the order in which the actions were given stays. */
export function inOrder(actions: readonly Action[]): OrderedSteps {
  const of = (stages: readonly Stage[]) =>
    stages.flatMap((stage) => actions.filter((action) => action.stage === stage).map(({ step }) => step));
  return { immediate: of(IMMEDIATE), gradual: of(GRADUAL) };
}
