/** By events a copy of an id map has what its owner has, a moment after the last client has gone. */
import { setTimeout as pause } from 'node:timers/promises';
import type { DatabaseUrls } from '@hockey-hub/conversion-clients';
import { digestsAgree, mapDigest } from '@hockey-hub/migrator/src/conversion/id-map/map-digest';
import { withConnection } from '@hockey-hub/migrator/src/pg/connect';
import { queryOf } from '@hockey-hub/migrator/src/pg/query';

const PATIENCE_MS = 30_000;
const POLL_MS = 250;

/** @returns what is wrong in people's words; nothing when they are the same */
export async function idMapsAgree({ user, training }: DatabaseUrls): Promise<string[]> {
  for (const givesUpAt = Date.now() + PATIENCE_MS; ;) {
    const [theirs, ours] = [await digestIn(user), await digestIn(training)];
    if (digestsAgree(theirs, ours)) return [];
    if (Date.now() > givesUpAt)
      return [
        `the id map has ${theirs.pairs} pairs and its copy ${ours.pairs}, ${PATIENCE_MS / 1_000} seconds after the last one`,
      ];
    await pause(POLL_MS);
  }
}

const digestIn = (url: string) =>
  withConnection(url, 'crash test', (client) => mapDigest(queryOf(client), 'users'));
