/** Copies of an id map that events alone cannot make whole. */
import { connect } from 'nats';
import { connectionOptions } from '../nats/connection-options';
import { eventually, useNats } from '../testing';
import { useIdMaps } from './specimen/use-id-maps';
import { copyState, wantCopy } from './want-copy';

jest.setTimeout(120_000);

const nats = useNats();
const world = useIdMaps(nats);
const start = () => Promise.all([world.startOwner(), world.startFollower()]);
const want = () => world.inTransaction('follower', (query) => wantCopy(query, 'users'));
const state = () => world.inTransaction('follower', (query) => copyState(query, 'users'));
const complete = () =>
  eventually('the copy is complete', async () => (await state())?.isComplete === true, 60_000);
const pairs = () =>
  world.ask<{ pairs: number }>('follower', 'SELECT count(*)::int AS pairs FROM id_conversion.users_ids');

/** As if the stream had outlived its week. */
async function emptyStream(): Promise<void> {
  const connection = await connect(connectionOptions(nats().url, 'test'));
  try {
    await (await connection.jetstreamManager()).streams.purge('club-service');
  } finally {
    await connection.close();
  }
}

test('a copy that is made when all events have passed by is read from the owner, whole', async () => {
  await world.convert('owner');
  await start();
  await world.fill(1, 12_000);
  await world.quiet();
  await world.convert('follower');
  expect(await state()).toMatchObject({ isComplete: false, problem: null });
  expect(await want()).toBe(true);
  await complete();
  await world.equal();
  expect(await state()).toMatchObject({ pairs: '12000', upTo: '12000', problem: null });
});

test('a copy that is not there cannot be wanted', async () => {
  await Promise.all([world.convert('owner'), world.convert('follower')]);
  expect(await world.inTransaction('follower', (query) => wantCopy(query, 'teams'))).toBe(false);
  expect(await world.inTransaction('follower', (query) => copyState(query, 'teams'))).toBeUndefined();
});

test('a follower that joins when outbox and stream have nothing left gets all of it', async () => {
  await Promise.all([world.convert('owner'), world.convert('follower')]);
  const { dataSource } = await world.startOwner();
  await world.fill(1, 6_000);
  await world.makePair(6_001);
  await eventually('all is published', async () => {
    const rows = await world.ask('owner', 'SELECT FROM outbox_events WHERE published_at IS NULL');
    const left = await world.ask('owner', 'SELECT FROM id_conversion.unpublished_pairs');
    return rows.length === 0 && left.length === 0;
  });
  await dataSource.query('DELETE FROM outbox_events');
  await emptyStream();
  await world.startFollower();
  await want();
  await complete();
  expect(await pairs()).toEqual([{ pairs: 6_001 }]);
});

test('is complete though clients go on inserting, and an owner that has no map yet is waited for', async () => {
  await world.convert('follower');
  await want();
  await start();
  await world.convert('owner');
  await world.fill(1, 10_000);
  // Wanted before there was a map: it was seen empty, or half full, and that counts for nothing now.
  await want();
  let isOver = false;
  let number = 10_000;
  const inserting = (async () => {
    while (!isOver) await world.makePair((number += 1));
  })();
  await complete();
  isOver = true;
  await inserting;
  expect(Number((await state())!.pairs)).toBeGreaterThanOrEqual(10_000);
  await world.equal();
});

test('pairs whose message became a dead letter are asked for, when the copy is wanted and afterwards', async () => {
  await Promise.all([world.convert('owner'), world.convert('follower')]);
  await start();
  await world.joined();
  await world.fill(1, 10);
  await want();
  await complete();
  await world.fillSpoiled(11, 20, `jsonb_set(data, '{count}', '9')`);
  await eventually('it is a dead letter', async () => (await world.deadLetters()).length === 1);
  await world.equal();
  await eventually('it is verified again', async () => (await state())?.pairs === '20');
});

test('says which pair contradicts the owner, keeps its own, takes the rest, and is complete once that is mended', async () => {
  await Promise.all([world.convert('owner'), world.convert('follower')]);
  const wrong = '00000000-0000-4000-8000-000000000000';
  await world.ask('follower', 'INSERT INTO id_conversion.users_ids VALUES (7, $1)', [wrong]);
  await world.ask(
    'owner',
    `INSERT INTO id_conversion.users_ids SELECT n, gen_random_uuid() FROM generate_series(1, 10) AS n`,
  );
  await start();
  await want();
  await eventually('the problem is said', async () => (await state())?.problem !== null);
  const [right] = await world.ask<{ uuid: string }>(
    'owner',
    'SELECT uuid FROM id_conversion.users_ids WHERE number = 7',
  );
  expect(await state()).toMatchObject({
    isComplete: false,
    problem:
      '1 pair(s) of the id map users that club-service sent contradict what is here; the first: 7 is ' +
      `${right!.uuid} there, and here 7 is ${wrong}`,
  });
  expect(await pairs()).toEqual([{ pairs: 10 }]);
  await world.ask('follower', 'DELETE FROM id_conversion.users_ids WHERE number = 7');
  await want();
  await complete();
  await world.equal();
});

test('says that there is a pair that the owner did not make', async () => {
  await Promise.all([world.convert('owner'), world.convert('follower')]);
  await world.ask('owner', `INSERT INTO id_conversion.users_ids VALUES (5, gen_random_uuid())`);
  await world.ask('follower', `INSERT INTO id_conversion.users_ids VALUES (3, gen_random_uuid())`);
  await start();
  await want();
  await eventually('the problem is said', async () => (await state())?.problem !== null);
  expect((await state())!.problem).toMatch(
    /^club-service has 1 pairs in the id map users .* and here are 2 .* were not made by club-service$/,
  );
});
