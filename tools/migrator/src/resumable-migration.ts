/**
 * A migration outside a transaction that looks at what is there before it does something, as the phases of an id conversion do: broken off
 * anywhere, it goes on there when it is run again. It says so when it begins, and whoever runs it tells people when it fails. That lies in the
 * query runner's `data`, as the progress of fills does.
 */
import type { QueryRunner } from 'typeorm';

const KEY = 'hockeyHubIsResumable';

type Data = { [KEY]?: boolean };

/** For migrations. */
export function declareResumable({ data }: QueryRunner): void {
  (data as Data)[KEY] = true;
}

/** For who runs migrations, before each of them. */
export function forgetResumable({ data }: QueryRunner): void {
  delete (data as Data)[KEY];
}

/** For who runs migrations. */
export function isResumable({ data }: QueryRunner): boolean {
  return (data as Data)[KEY] ?? false;
}
