import { startTemporaryPostgres, type TemporaryPostgres } from '@hockey-hub/dev-services';
import { join } from 'node:path';
import { databaseUrlOf, withClient } from '../databases';
import type { ContenderName } from './contenders/contender';
import { measureRun } from './measure-run';
import { SCOREBOARD } from './plays/play';
import { verifyPlays } from './plays/verify-plays';

const workspaceRoot = join(__dirname, '../../../..');
const SHORT = {
  title: 'A short case',
  ...{ load: { kind: 'steady', perSecond: 50 } as const, seconds: 0.4, warmUpSeconds: 0.2 },
};
const WRITTEN = 30;

/** Its own, because the databases of the bench have names that nothing else on a server may have. */
let server: TemporaryPostgres;
beforeAll(async () => {
  server = await startTemporaryPostgres();
});
afterAll(() => server.stop());

const measure = (contender: ContenderName, seconds = SHORT.seconds) =>
  withClient(server.url, (admin) =>
    measureRun(contender, { ...SHORT, seconds }, { workspaceRoot, admin, serverUrl: server.url }),
  );

const onScoreboard = (sql: string) =>
  withClient(databaseUrlOf(SCOREBOARD, server.url), (client) => client.query(sql));

it.each(['ours', 'floor'] as const)('%s carries every play to the scoreboard, once', async (contender) => {
  const sample = await measure(contender);
  expect(sample.events).toBe(20);
  expect(sample.seconds).toBeGreaterThan(0.3);
  expect(sample.p50Ms).toBeGreaterThan(0);
  expect(sample.maxMs).toBeGreaterThanOrEqual(sample.p99Ms);
});

it('finds plays that are missing, shown twice, or shown though nobody wrote them', async () => {
  await measure('floor');
  const verified = () => verifyPlays(server.url, 'A short case', WRITTEN);
  await verified();
  await onScoreboard('DELETE FROM shown_plays WHERE id = (SELECT id FROM shown_plays LIMIT 1)');
  await expect(verified()).rejects.toMatchObject({ code: 'DIFFERENT_OUTCOME' });
  await onScoreboard(
    'INSERT INTO shown_plays (play_id, game_id, period, second, note) SELECT play_id, game_id, 1, 1, note FROM shown_plays LIMIT 1',
  );
  await expect(verified()).rejects.toThrow(
    `${WRITTEN} plays were written, ${WRITTEN} are in the scorer's database and ${WRITTEN} effects`,
  );
  await onScoreboard('UPDATE shown_plays SET play_id = gen_random_uuid()');
  await expect(verified()).rejects.toMatchObject({ code: 'DIFFERENT_OUTCOME' });
});
