import { judgeConvertGoals } from './goals';
import type { ContenderName } from './contenders/contender';
import type { ConvertCaseName } from './cases';
import type { ConvertCaseResult, ConvertDetails } from './results';
import type { ConvertSample } from './sample';

const measured = (
  name: ConvertCaseName,
  contenders: Partial<Record<ContenderName, Partial<ConvertSample>>>,
  details: readonly ConvertDetails[] = [],
): ConvertCaseResult => ({
  ...{ name, rows: 1, details },
  contenders: Object.entries(contenders).map(([contender, sample]) => ({
    name: contender as ContenderName,
    samples: [sample as ConvertSample],
  })),
});

const verdicts = (...cases: ConvertCaseResult[]) =>
  judgeConvertGoals(cases).map(({ title, measured: value, met }) => [title, value, met]);

it('judges ours beside the floor and beside what people write by hand', () => {
  const contest = measured('contest', {
    floor: { rowsPerSecond: 1_000 },
    ours: { rowsPerSecond: 450, errors: 0, beyondLocksMs: 51, p99Ms: 10, tableGrowth: 1.3, indexGrowth: 1.2 },
    'ours-one-worker': { p99Ms: 5.1, errors: 2 },
    'ours-offline': { walBytesPerRow: 550 },
    naive: { rowsPerSecond: 225 },
    'plain-script': { rowsPerSecond: 300 },
  });
  expect(verdicts(contest)).toEqual([
    ['rows/s with clients, 2 workers / floor', 0.45, true],
    ['rows/s with clients, 2 workers / naive', 2, true],
    ['rows/s with clients, 2 workers / plain script', 1.5, false],
    ['errors that clients saw, 2 workers', 0, true],
    ['errors that clients saw, 1 worker', 2, false],
    ['longest stall beyond lock attempts, ms', 51, false],
    ['p99 of clients, 2 workers, ms', 10, true],
    ['p99 of clients, 1 worker, ms', 5.1, false],
    ['WAL without clients, bytes a row', 550, true],
    ['table that grew most, after / before', 1.3, true],
    ['index of unchanged columns that grew most, after / before', 1.2, false],
  ]);
});

it('compares an index of UUIDs with one that was just built', () => {
  const size = (mebibytes: number, types: string) => ({
    ...{ name: 'PK', kind: 'index' as const, bytes: mebibytes * 2 ** 20, types },
  });
  const details = (contender: ContenderName, mebibytes: number): ConvertDetails => ({
    ...{ contender, phases: [], errorsByCode: {} },
    before: [size(2, 'integer')],
    after: [size(mebibytes, 'uuid')],
  });
  expect(verdicts(measured('contest', {}, [details('floor', 3), details('ours', 3.6)]))).toEqual([
    ['index of converted columns that is largest, ours / floor', 3.6 / 3, false],
  ]);
});

it('judges whether a row costs the same in small and large databases', () => {
  const ofSize = (name: ConvertCaseName, rowsPerSecond: number) =>
    measured(name, { 'ours-offline': { rowsPerSecond } });
  const [small, large] = [ofSize('rows-100000', 1_000), ofSize('rows-10000000', 800)];
  expect(verdicts(small, large)).toEqual([['cost of a row: dearest case / cheapest case', 1.25, true]]);
  expect(verdicts(small)).toEqual([]);
});
