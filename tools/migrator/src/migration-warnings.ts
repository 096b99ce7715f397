/**
 * What a migration wants somebody to look at, though nothing stands in its way: told to whoever runs it, who shows it as a warning. It
 * lies in the query runner's `data`, as the progress of fills does.
 */
import type { QueryRunner } from 'typeorm';

/** @param message whole sentences: what it is about, and what to see to */
export type OnWarning = (message: string) => void;

const KEY = 'hockeyHubWarnings';

type Data = { [KEY]?: OnWarning };

/** For who runs migrations. */
export function tellWarnings({ data }: QueryRunner, onWarning: OnWarning): void {
  (data as Data)[KEY] = onWarning;
}

/** For migrations. */
export function warningsOf({ data }: QueryRunner): OnWarning {
  return (data as Data)[KEY] ?? (() => undefined);
}
