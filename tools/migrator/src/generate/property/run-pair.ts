/** One pair of models, by its number: the property itself, and the same change through TypeORM's own generator. */
import fc from 'fast-check';
import type { Catalog } from '../../catalog/catalog';
import { fillWithRows } from '../../scratch/synthetic-rows';
import { changeAndBack, type Oracle, type Outcome, type Planner } from './change-and-back';
import { columnOf } from './expected-rows';
import { pair as anyPair, sameColumns, type Pair } from './pair';
import {
  buildModel,
  settledCatalog,
  type PropertyDatabase,
  type PropertyDatabases,
} from './property-databases';
import type { PairResult } from './tally';
import { changeByTypeOrm } from './typeorm-change';

export const ROWS_PER_TABLE = 5;

const parametersOf = (number: number) => ({ seed: number, numRuns: 1, unbiased: true });

/** The same number is the same pair, on every machine. */
export function pairOf(number: number): Pair {
  return fc.sample(anyPair, parametersOf(number))[0]!;
}

export interface Prepared {
  readonly from: Catalog;
  readonly to: Catalog;
}

/** A with rows in one database, B in another. */
export async function prepare(pair: Pair, { ours, goal }: PropertyDatabases): Promise<Prepared> {
  await Promise.all([ours.empty(), goal.empty()]);
  await Promise.all([buildModel(pair.from, ours), buildModel(pair.to, goal)]);
  const [from, to] = await Promise.all([settledCatalog(ours), settledCatalog(goal)]);
  await fill(ours, pair, { from, to });
  return { from, to };
}

export async function fill(database: PropertyDatabase, pair: Pair, { from, to }: Prepared): Promise<void> {
  const drawAs = new Map<string, string>();
  for (const [before, after] of pair.rowsFit ? sameColumns(pair) : []) {
    const type = columnOf(to, after)?.type;
    if (type !== undefined) drawAs.set(before, type);
  }
  await fillWithRows(database.query, from, {
    rowsPerTable: ROWS_PER_TABLE,
    seed: pair.seed,
    drawAs,
    enums: to.enums,
  });
}

/** @throws PropertyFailed */
export async function runPair(
  pair: Pair,
  databases: PropertyDatabases,
  oracle: Oracle = seesNothing,
  planner?: Planner,
): Promise<Outcome> {
  const { from, to } = await prepare(pair, databases);
  return changeAndBack({ ...databases, pair, from, to, oracle, planner });
}

const seesNothing: Oracle = async () => [];

/** Ours first, then TypeORM's generator on the same models and rows. */
export async function runSideBySide(
  pair: Pair,
  databases: PropertyDatabases,
  oracle: Oracle = seesNothing,
): Promise<Required<PairResult>> {
  const { from, to } = await prepare(pair, databases);
  const ours = await changeAndBack({ ...databases, pair, from, to, oracle });
  const typeorm = await changeByTypeOrm(pair, from, to, databases.typeorm, (database) =>
    fill(database, pair, { from, to }),
  );
  return { ours, typeorm };
}

/** A smaller pair that fails too, for people to read; gives up after that long. */
export async function shrinkPair(
  number: number,
  databases: PropertyDatabases,
  limitMs: number,
): Promise<{ readonly pair: Pair; readonly problem: string }> {
  let smallest = { pair: pairOf(number), problem: 'it failed once and never again' };
  let running: Promise<unknown> = Promise.resolve();
  const property = fc.asyncProperty(anyPair, (pair) => {
    const run = runPair(pair, databases).then(
      () => true,
      (error: unknown) => {
        smallest = { pair, problem: error instanceof Error ? error.message : String(error) };
        return false;
      },
    );
    running = run;
    return run;
  });
  await fc.check(property, { ...parametersOf(number), interruptAfterTimeLimit: limitMs });
  // Interrupted means that nobody waits for the last one; the databases are still its own.
  await running;
  return smallest;
}
