/**
 * How a migration tells how far it is, to whoever runs it: the one thing that passes between the two besides statements. It
 * lies in the query runner's `data`, where TypeORM lets its users keep what they like.
 */
import type { QueryRunner } from 'typeorm';
import type { FillReport } from './model';

export type OnFillProgress = (report: FillReport) => void;

const KEY = 'hockeyHubFillProgress';

type Data = { [KEY]?: OnFillProgress };

/** For who runs migrations; undefined for nobody. */
export function tellFillProgress({ data }: QueryRunner, onProgress: OnFillProgress | undefined): void {
  (data as Data)[KEY] = onProgress;
}

/** For migrations. */
export function fillProgressOf({ data }: QueryRunner): OnFillProgress {
  return (data as Data)[KEY] ?? (() => undefined);
}
