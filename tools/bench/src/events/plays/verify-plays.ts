/** Whether what was measured happened: numbers of a contender that lost or repeated something mean nothing. */
import { databaseUrlOf, withClient } from '../../databases';
import { BenchError } from '../../errors';
import { SCOREBOARD, SCORER } from './play';

interface Found {
  readonly rows: number;
  /** Of all ids in their order, each as often as it is there. */
  readonly fingerprint: string;
}

/**
 * Every play that the scorer wrote is shown exactly once, and nothing else is.
 * @param written how many writes were committed, as the scorer counted
 * @throws BenchError DIFFERENT_OUTCOME
 */
export async function verifyPlays(serverUrl: string, title: string, written: number): Promise<void> {
  const plays = await find(databaseUrlOf(SCORER, serverUrl), 'SELECT id AS play FROM plays');
  const shown = await find(databaseUrlOf(SCOREBOARD, serverUrl), 'SELECT play_id AS play FROM shown_plays');
  if (plays.rows === written && plays.fingerprint === shown.fingerprint) return;
  throw new BenchError(
    'DIFFERENT_OUTCOME',
    `${title}: ${written} plays were written, ${plays.rows} are in the scorer's database and ${shown.rows} effects of them in the ` +
      "scoreboard's, which must be the same plays, each once. Its numbers mean nothing.",
  );
}

/** @param plays a query with one column `play` */
function find(url: string, plays: string): Promise<Found> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<Found>(
      `SELECT count(*)::int AS rows, md5(coalesce(string_agg(play::text, ',' ORDER BY play), '')) AS fingerprint
       FROM (${plays}) AS found`,
    );
    return rows[0]!;
  });
}
