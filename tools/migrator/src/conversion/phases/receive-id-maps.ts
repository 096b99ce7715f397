/**
 * The id maps of the owner -> this service's database. Directly, where the owner's database can be reached from here; otherwise
 * a running process of this service reads what events have not brought, and this waits until it says that its copy is whole.
 * A scratch database has no owner beside it: the pairs that its rows need are drawn.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { copyState, forgoCopy, wantCopy } from '@hockey-hub/shared-lib/src/id-map/want-copy';
import { MigratorError } from '../../errors';
import { connectIfExists } from '../../pg/create-database';
import type { ConversionDatabase } from '../conversion-database';
import { conversionDatabaseOver } from '../conversion-database-over';
import { isOwner, type IdConversion } from '../declaration';
import { copyIdMap } from '../id-map/copy-id-map';
import { fetchWantedPairs } from '../id-map/fetch-wanted-pairs';
import { mapDigest } from '../id-map/map-digest';
import { drawIdMaps } from './draw-id-maps';
import { fillWaitingRows } from './fill-waiting-rows';
import type { PhaseContext } from './phase-context';

const POLL_MS = 500;
/** Since the last pair came. */
const PATIENCE_MS = 10 * 60 * 1_000;

/**
 * The whole of them, compared part by part; nothing in the owner itself.
 * @throws MigratorError ID_MAPS_DISAGREE, CONVERSION_STALLED
 */
export async function receiveIdMaps(phase: PhaseContext): Promise<void> {
  if (isOwner(phase.conversion)) return;
  const url = await phase.ownerUrl();
  if (url === undefined) return drawIdMaps(phase);
  const wasReached = await besideTheOwner(phase.conversion, url, async (theirs, table) => {
    await copyIdMap(theirs, phase.database, table);
    await fillWaitingRows(phase.database, table);
  });
  if (wasReached) return;
  for (const { table } of phase.conversion.keys) await awaitCopy(phase, table);
}

/**
 * The pairs that rows of this database wait for, where no events bring them; nothing in the owner itself, which has all of them.
 * A fraction of the whole map, which is compared part by part.
 */
export async function receiveWantedPairs(phase: PhaseContext): Promise<void> {
  if (isOwner(phase.conversion)) return;
  const url = await phase.ownerUrl();
  if (url === undefined) return drawIdMaps(phase);
  await besideTheOwner(phase.conversion, url, (theirs, table) =>
    fetchWantedPairs(theirs, phase.database, table),
  );
}

/** Takes back that whole maps are wanted; what has come stays. */
export async function forgoIdMaps({ conversion, database }: PhaseContext): Promise<void> {
  for (const { table } of conversion.keys) await forgoCopy(database.query, table);
}

/** @returns false when the owner's database cannot be reached from here */
async function besideTheOwner(
  { owner, keys }: IdConversion,
  url: string,
  work: (owner: ConversionDatabase, table: string) => Promise<void>,
): Promise<boolean> {
  const client = await reach(url, owner);
  if (!client) return false;
  try {
    const theirs = conversionDatabaseOver(client, owner, url);
    for (const { table } of keys) await work(theirs, table);
    return true;
  } finally {
    await client.end();
  }
}

async function reach(url: string, owner: string) {
  try {
    return await connectIfExists(url, owner);
  } catch (error) {
    if (error instanceof MigratorError && error.code === 'CANNOT_CONNECT') return undefined;
    throw error;
  }
}

async function awaitCopy(
  { conversion, database: { query, service } }: PhaseContext,
  map: string,
): Promise<void> {
  await wantCopy(query, map);
  let givesUpAt = Date.now() + PATIENCE_MS;
  for (let before: string | undefined; ;) {
    const state = await copyState(query, map);
    if (state?.isComplete) return;
    const { pairs } = await mapDigest(query, map);
    if (state?.problem || Date.now() > givesUpAt) {
      const why = state?.problem ?? `no pair has come for ten minutes, and there are ${pairs}`;
      throw new MigratorError(
        'CONVERSION_STALLED',
        `${service}: its copy of ${conversion.owner}'s id map ${map} is not whole: ${why}. Let both services run with NATS, or run ` +
          'this where the databases of both can be reached; then run it again: it goes on from here.',
      );
    }
    if (pairs !== before) givesUpAt = Date.now() + PATIENCE_MS;
    before = pairs;
    await pause(POLL_MS);
  }
}
