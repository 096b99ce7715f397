/**
 * The property: A with rows is changed to B and back as `migration-generate` would do it, and nothing is lost on the way.
 * Whatever happens must be one of the outcomes; everything else is a failure that tells the statements.
 */
import { compareCatalogs, describeChange } from '../../catalog/compare-catalogs';
import type { Catalog } from '../../catalog/catalog';
import { readCatalog } from '../../catalog/read-catalog';
import { compareRows, describeLoss, readRows, type RowsSnapshot } from '../../scratch/rows-snapshot';
import { NO_DECISIONS } from '../decisions';
import { planChange, planRollback } from '../plan-change';
import type { Step } from '../steps';
import {
  columnOf,
  expectedOnReturn,
  expectedRows,
  lossesOf,
  plainNumbers,
  type Expected,
} from './expected-rows';
import { decisionsOf, sameColumns, type Pair } from './pair';
import { settledCatalog, type PropertyDatabase } from './property-databases';
import { printStep, runInTransaction, runOneByOne, statements, StepFailed } from './run-steps';
import { valuesFit } from './values-fit';

export type Outcome =
  /** There and back, everything as it must be. */
  | { readonly kind: 'applied' }
  /** `planChange` said that something would be lost. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** The rows forbid it: a value does not fit, a rule is broken. Nothing was lost. */
  | {
      readonly kind: 'refused by the rows';
      readonly part: Part;
      readonly sqlstate: string;
      readonly message: string;
    };

type Part = 'change' | 'gradual part' | 'way back';
type RefusedByRows = Extract<Outcome, { kind: 'refused by the rows' }>;

/** What a change can do wrong. */
export type Defect = 'fails' | 'loses' | 'leaves a difference' | 'refuses what fits';

export class PropertyFailed extends Error {
  override readonly name = 'PropertyFailed';

  constructor(
    readonly defect: Defect,
    problem: string,
    done: readonly Step[],
    options?: ErrorOptions,
  ) {
    super(`${problem}\n\nstatements:\n${done.map(printStep).join(';\n')}`, options);
  }
}

/** Says how an independent judge would tell two databases apart; empty when it sees no difference. */
export type Oracle = (url: string, expectedUrl: string) => Promise<readonly string[]>;

/** What is on trial. */
export interface Planner {
  readonly planChange: typeof planChange;
  readonly planRollback: typeof planRollback;
}

export interface Trial {
  readonly pair: Pair;
  readonly from: Catalog;
  readonly to: Catalog;
  /** Holds A with rows. */
  readonly ours: PropertyDatabase;
  /** Holds B. */
  readonly goal: PropertyDatabase;
  readonly oracle: Oracle;
  /** Default: the real one. */
  readonly planner?: Planner;
}

/** @throws PropertyFailed */
export async function changeAndBack(trial: Trial): Promise<Outcome> {
  const { pair, from, to, ours, goal, oracle, planner = { planChange, planRollback } } = trial;
  const decisions = decisionsOf(pair);
  const same = sameColumns(pair);
  const { immediate, gradual, refusals } = planner.planChange(from, to, decisions);
  if (refusals.length > 0) return { kind: 'refused', reason: refusals[0]!.reason };
  const up = statements(immediate);
  const all = [...up, ...gradual];
  const before = await readRows(ours.query, from);
  const fitting = new Map([...same].map(([old, now]) => [now, columnOf(from, old)!.type]));
  const expected = await expectedRows(ours.query, from, to, same);
  const fits = expected !== null && (await valuesFit(ours.query, before, from, to, same));

  const refusal = await refusedByRows('change', all, () => runInTransaction(ours.query, up, to, fitting));
  if (refusal) {
    if (fits && refusal.sqlstate.startsWith('22')) {
      throw new PropertyFailed('refuses what fits', `values that fit are refused: ${refusal.message}`, all);
    }
    await expectUntouched(ours, from, before, all);
    return refusal;
  }
  if (!expected)
    throw new PropertyFailed('loses', 'values without a cast to their new type were changed', all);
  const middle = await settledCatalog(ours);

  const stopped = await refusedByRows('gradual part', all, () =>
    runOneByOne(ours.query, gradual, to, fitting),
  );
  if (stopped) {
    await expectKept(ours, expected, 'a stopped gradual part', all);
    return stopped;
  }
  expectNone(
    'leaves a difference',
    compareCatalogs(await settledCatalog(ours), to).map(describeChange),
    'A did not become B',
    all,
  );
  expectNone(
    'leaves a difference',
    await oracle(ours.url, goal.url),
    'an independent comparison sees that A did not become B',
    all,
  );
  await expectKept(ours, expected, 'the change', all);

  const gradualBack = gradual.length > 0 ? planner.planRollback(to, middle, NO_DECISIONS, 'repeatable') : [];
  const back = planner.planRollback(gradual.length > 0 ? middle : to, from, decisions, 'one transaction');
  const everything = [...all, ...gradualBack, ...back];
  const noWayBack = await refusedByRows('way back', everything, async () => {
    await runOneByOne(ours.query, gradualBack, middle, new Map());
    await runInTransaction(ours.query, back, from, new Map());
  });
  if (noWayBack) {
    // What was dropped comes back without its values, and what was filled in may not fit what was there before.
    const mayBe = decisions.allowDrop.length > 0 || gradual.some(({ kind }) => kind === 'backfill');
    if (!mayBe) throw new PropertyFailed('fails', `no way back: ${noWayBack.message}`, everything);
    await expectKept(ours, expected, 'a refused way back', everything);
    return noWayBack;
  }
  const reverted = await settledCatalog(ours);
  expectNone(
    'leaves a difference',
    compareCatalogs(reverted, from).map(describeChange),
    'B did not become A again',
    everything,
  );
  await expectKept(ours, expectedOnReturn(before, from, to, same), 'the way back', everything);
  return { kind: 'applied' };
}

async function expectKept(
  database: PropertyDatabase,
  expected: Expected,
  what: string,
  done: readonly Step[],
): Promise<void> {
  const catalog = await readCatalog(database.query);
  const rows = plainNumbers(await readRows(database.query, catalog), catalog);
  expectNone('loses', lossesOf(expected, rows), `${what} lost`, done);
}

async function expectUntouched(
  { query }: PropertyDatabase,
  from: Catalog,
  before: RowsSnapshot,
  done: readonly Step[],
): Promise<void> {
  const left = await readCatalog(query);
  expectNone(
    'leaves a difference',
    compareCatalogs(left, from).map(describeChange),
    'a refused change left',
    done,
  );
  expectNone(
    'loses',
    compareRows(before, await readRows(query, left)).map(describeLoss),
    'a refused change lost',
    done,
  );
}

function expectNone(
  defect: Defect,
  differences: readonly string[],
  problem: string,
  done: readonly Step[],
): void {
  if (differences.length > 0)
    throw new PropertyFailed(defect, `${problem}:\n  ${differences.join('\n  ')}`, done);
}

async function refusedByRows(
  part: Part,
  all: readonly Step[],
  work: () => Promise<void>,
): Promise<RefusedByRows | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    if (!error.isOfTheData)
      throw new PropertyFailed('fails', `the ${part} fails: ${error.message}`, all, { cause: error });
    return { kind: 'refused by the rows', part, sqlstate: error.sqlstate, message: error.message };
  }
}
