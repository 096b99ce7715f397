/** A migration that is not in any file, with a name of its own, later than the ones before it. */
import type { Migration } from '../model';
import { namedMigration, type Method } from './named-migration';

let made = 0;

/** @param up SQL statements, in order, or what `up` does; `down` does nothing */
export function sqlMigration(up: Method, more: Partial<Migration> = {}): Migration {
  return namedMigration(`${++made}-Change`, up, [], more);
}
