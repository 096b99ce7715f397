/** Many pairs, one after the other, counted. A pair that fails is told and counted, and the next one goes on. */
import { PropertyFailed, type Oracle } from './change-and-back';
import { decisionsOf, type Pair } from './pair';
import { withPropertyDatabases, type PropertyDatabases } from './property-databases';
import { pairOf, runPair, runSideBySide, shrinkPair } from './run-pair';
import { addResult, EMPTY_TALLY, type Tally } from './tally';

export interface CountRequest {
  /** Any database on a server that nobody else needs. */
  readonly url: string;
  readonly first: number;
  readonly pairs: number;
  /** Whether TypeORM's generator does the same pairs. */
  readonly sideBySide: boolean;
  readonly oracle: Oracle;
  /** One pair in so many is shown to the oracle, which is slow. */
  readonly oracleEvery: number;
  /** How long a failing pair may be made smaller, for people to read. */
  readonly shrinkMs: number;
}

export interface FailedPair {
  readonly number: number;
  readonly problem: string;
  /** The smaller one, and what it fails with. */
  readonly pair: Pair;
  readonly smallerProblem: string;
}

export interface CountEvents {
  onCounted?(tally: Tally, number: number): void | Promise<void>;
  onFailed(failed: FailedPair): void | Promise<void>;
}

/** Databases that saw that many schemas come and go are slow: their catalogs are full of dead rows. */
const PAIRS_PER_DATABASE = 100;

export async function countPairs(request: CountRequest, events: CountEvents): Promise<Tally> {
  const { url, first, pairs } = request;
  let tally = EMPTY_TALLY;
  for (let from = first; from < first + pairs; from += PAIRS_PER_DATABASE) {
    await withPropertyDatabases(url, async (databases) => {
      for (let number = from; number < Math.min(from + PAIRS_PER_DATABASE, first + pairs); number++) {
        tally = await countPair(number, tally, databases, request, events);
        await events.onCounted?.(tally, number);
      }
    });
  }
  return tally;
}

async function countPair(
  number: number,
  tally: Tally,
  databases: PropertyDatabases,
  { sideBySide, oracle, oracleEvery, shrinkMs }: CountRequest,
  { onFailed }: CountEvents,
): Promise<Tally> {
  const pair = pairOf(number);
  const judge = number % oracleEvery === 0 ? oracle : undefined;
  try {
    const result = sideBySide
      ? await runSideBySide(pair, databases, judge)
      : { ours: await runPair(pair, databases, judge) };
    return addResult(tally, result);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    const smaller = await shrinkPair(number, databases, shrinkMs);
    await onFailed({ number, problem, pair: smaller.pair, smallerProblem: smaller.problem });
    const defect = error instanceof PropertyFailed ? error.defect : 'breaks off';
    return addResult(tally, { ours: { kind: 'failed', defect } });
  }
}

/** All that somebody needs who mends it. */
export function describeFailure({ number, problem, pair, smallerProblem }: FailedPair): string {
  return [
    `# Pair ${number}`,
    problem,
    '## Made smaller',
    smallerProblem,
    `decisions: ${JSON.stringify(decisionsOf(pair))}`,
    `rows fit: ${pair.rowsFit}, seed: ${pair.seed}`,
    `from: ${JSON.stringify(pair.from)}`,
    `to: ${JSON.stringify(pair.to)}`,
  ].join('\n\n');
}
