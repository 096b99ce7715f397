/** The range, gone through in scratch databases: what it sends, and what it makes of the database. */
import { MigratorError } from '../errors';
import type { Migration } from '../model';
import { withConnection } from '../pg/connect';
import { queryOf } from '../pg/query';
import { replay, type RecordedMigration } from '../scratch/replay';
import type { ScratchDatabases } from '../scratch/scratch-database';
import { readMoment, type Moment } from '../verify/moment';
import { sequenceStatements } from './seed-statements';

export interface Gone {
  readonly start: Moment;
  readonly end: Moment;
  /** Of the end, once more. */
  readonly again: Moment;
  readonly ups: readonly RecordedMigration[];
  readonly sequences: readonly string[];
  /** Undefined where a `down` of the range fails. */
  readonly downs: readonly string[] | undefined;
}

export async function goThrough(
  scratch: ScratchDatabases,
  service: string,
  before: readonly Migration[],
  members: readonly Migration[],
): Promise<Gone> {
  const [one, other] = [await scratch.create(), await scratch.create()];
  await replay(one, service, before);
  const start = await readMoment(one, service);
  const ups = await replay(one, service, members);
  const end = await readMoment(one, service);
  const sequences = await withConnection(one, service, (client) => sequenceStatements(queryOf(client)));
  await replay(other, service, [...before, ...members]);
  const again = await readMoment(other, service);
  return { start, end, again, ups, sequences, downs: await recordDowns(one, service, members) };
}

async function recordDowns(
  url: string,
  service: string,
  members: readonly Migration[],
): Promise<string[] | undefined> {
  try {
    const downs = await replay(url, service, [...members].reverse(), 'down');
    return downs.flatMap(({ statements }) => statements);
  } catch (error) {
    if (error instanceof MigratorError && error.code === 'MIGRATION_FAILED') return undefined;
    throw error;
  }
}
