/**
 * Do two roads end in the same database? They part from a database that holds what both have before, and synthetic rows in
 * it, so that what happens to rows is compared, too; where nothing is before, the rows at the end are those that the
 * migrations seed. The first road is gone twice, to know which of its values are made anew each time.
 */
import { compareSchemas } from '../catalog/schema';
import { MigratorError, toReportedError } from '../errors';
import type { Migration } from '../model';
import { withConnection } from '../pg/connect';
import { queryOf } from '../pg/query';
import { replay } from '../scratch/replay';
import type { ScratchDatabases } from '../scratch/scratch-database';
import { compareSeeds } from './compare-seeds';
import { fill, readMoment, type Moment } from './moment';
import { readSequenceGaps } from './sequence-gaps';
import { isRefusal } from './try-run';

/**
 * @param road what is expected
 * @param other what is judged
 * @returns one line for each difference of the end of `other`
 * @throws MigratorError MIGRATION_FAILED when `road` itself cannot be gone
 */
export async function compareRoads(
  scratch: ScratchDatabases,
  service: string,
  road: readonly Migration[],
  other: readonly Migration[],
): Promise<string[]> {
  const parting = road.findIndex((migration, index) => migration !== other[index]);
  const shared = road.slice(0, parting < 0 ? road.length : parting);
  const [expectedWay, otherWay] = [road.slice(shared.length), other.slice(shared.length)];
  const start = await scratch.create();
  await replay(start, service, shared);
  const { catalog } = await readMoment(start, service);
  if (Object.keys(catalog.tables).length > 0) {
    const withRows = await scratch.copy(start);
    await fill(withRows, service, catalog, { seed: 1 });
    const found = await part(scratch, service, withRows, expectedWay, otherWay).catch(refusedRows);
    if (found) return found;
  }
  return part(scratch, service, start, expectedWay, otherWay);
}

async function part(
  scratch: ScratchDatabases,
  service: string,
  start: string,
  road: readonly Migration[],
  other: readonly Migration[],
): Promise<string[]> {
  const [one, two] = [await scratch.copy(start), await scratch.copy(start)];
  try {
    const [expected, again] = await Promise.all([go(one, service, road), go(two, service, road)]);
    const actual = await go(start, service, other).catch((error: unknown) => toReportedError(error).message);
    if (typeof actual === 'string') return [actual];
    return [
      ...compareSchemas(actual.schema, expected.schema),
      ...compareSeeds(actual, expected, again),
      ...actual.gaps.filter((gap) => !expected.gaps.includes(gap)),
    ];
  } finally {
    for (const url of [one, two, start]) await scratch.drop(url);
  }
}

/** A migration need not accept every row that could be there. */
function refusedRows(error: unknown): undefined {
  const cause = error instanceof MigratorError ? error.cause : error;
  if (!isRefusal(cause)) throw error;
}

interface End extends Moment {
  readonly gaps: readonly string[];
}

async function go(url: string, service: string, road: readonly Migration[]): Promise<End> {
  await replay(url, service, road);
  const moment = await readMoment(url, service);
  const gaps = await withConnection(url, service, (client) =>
    readSequenceGaps(queryOf(client), moment.catalog),
  );
  return { ...moment, gaps };
}
