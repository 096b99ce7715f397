/** Many pairs, one after the other, counted. A pair that fails is told and counted, and the next one goes on. */
import { PropertyFailed, type Oracle } from './change-and-back';
import { decisionsOf, type Pair } from './pair';
import { withPropertyDatabases, type PropertyDatabases } from './property-databases';
import { pairOf, runPair, runSideBySide, shrinkPair } from './run-pair';
import { addResult, EMPTY_TALLY, type PairResult, type Tally } from './tally';

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
  /** How many pairs are worked on at a time, each in databases of its own: while one waits for the server, another goes on. */
  readonly lanes: number;
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
  const { url, first, pairs, lanes } = request;
  const last = first + pairs - 1;
  let next = first;
  let tally = EMPTY_TALLY;
  const work = async () => {
    while (next <= last) {
      await withPropertyDatabases(url, async (databases) => {
        for (let count = 0; count < PAIRS_PER_DATABASE && next <= last; count++) {
          const number = next++;
          const result = await countPair(number, databases, request, events);
          tally = addResult(tally, result);
          await events.onCounted?.(tally, number);
        }
      });
    }
  };
  await Promise.all(Array.from({ length: lanes }, work));
  return tally;
}

async function countPair(
  number: number,
  databases: PropertyDatabases,
  { sideBySide, oracle, oracleEvery, shrinkMs }: CountRequest,
  { onFailed }: CountEvents,
): Promise<PairResult> {
  const pair = pairOf(number);
  const judge = number % oracleEvery === 0 ? oracle : undefined;
  try {
    if (sideBySide) return await runSideBySide(pair, databases, judge);
    return { ours: await runPair(pair, databases, judge) };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    const smaller = await shrinkPair(number, databases, shrinkMs);
    await onFailed({ number, problem, pair: smaller.pair, smallerProblem: smaller.problem });
    const defect = error instanceof PropertyFailed ? error.defect : 'breaks off';
    return { ours: { kind: 'failed', defect } };
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
