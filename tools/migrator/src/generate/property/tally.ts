/** Pure: what came of many pairs, counted. */
import type { Defect, Outcome } from './change-and-back';
import type { TypeOrmChange } from './typeorm-change';

export interface PairResult {
  readonly ours: Outcome | { readonly kind: 'failed'; readonly defect: Defect | 'breaks off' };
  /** Absent where TypeORM was not tried. */
  readonly typeorm?: TypeOrmChange;
}

type Counts = Readonly<Record<string, number>>;

export interface Tally {
  readonly pairs: number;
  /** Of our generator: every pair has one label, which begins with the outcome's kind. */
  readonly ours: Counts;
  /** Pairs that TypeORM's was tried on. */
  readonly typeormPairs: number;
  /** Of TypeORM's: a pair can have several. */
  readonly typeorm: Counts;
}

export const EMPTY_TALLY: Tally = { pairs: 0, ours: {}, typeormPairs: 0, typeorm: {} };

export function addResult(tally: Tally, { ours, typeorm }: PairResult): Tally {
  return addTallies(tally, {
    pairs: 1,
    ours: { [labelOf(ours)]: 1 },
    typeormPairs: typeorm ? 1 : 0,
    typeorm: typeorm ? Object.fromEntries(labelsOf(typeorm).map((label) => [label, 1])) : {},
  });
}

export function addTallies(one: Tally, other: Tally): Tally {
  return {
    pairs: one.pairs + other.pairs,
    ours: add(one.ours, other.ours),
    typeormPairs: one.typeormPairs + other.typeormPairs,
    typeorm: add(one.typeorm, other.typeorm),
  };
}

/** How many pairs have a label that begins so. */
export function countOf(counts: Counts, beginning: string): number {
  return Object.entries(counts)
    .filter(([label]) => label.startsWith(beginning))
    .reduce((sum, [, count]) => sum + count, 0);
}

function labelOf(outcome: PairResult['ours']): string {
  switch (outcome.kind) {
    case 'applied':
      return 'applied';
    case 'refused':
      return `refused: ${outcome.reason}`;
    case 'refused by the rows':
      return `refused by the rows: ${outcome.part}, SQLSTATE ${outcome.sqlstate}`;
    case 'failed':
      return `failed: ${outcome.defect}`;
  }
}

function labelsOf({ fails, loses, losesRenamed, differsAgain, differsAlways }: TypeOrmChange): string[] {
  if (fails !== null) return [`fails: ${fails}`];
  const labels = [
    ...(loses ? ['loses a column that keeps its name'] : []),
    ...(losesRenamed ? ['loses what was renamed'] : []),
    ...(differsAgain ? [`differs again${differsAlways ? ', as before' : ''}`] : []),
  ];
  return labels.length > 0 ? labels : ['applied'];
}

function add(one: Counts, other: Counts): Counts {
  const sum: Record<string, number> = { ...one };
  for (const [label, count] of Object.entries(other)) sum[label] = (sum[label] ?? 0) + count;
  return sum;
}
