/**
 * What breaks between the owner of an id map and a service that refers to it: no pair is lost, and no wrong one gets in.
 *
 * The follower has always joined before: a snapshot of the owner's lanes stands in for the events before it, and a copy that
 * nobody wants yet is not read from the owner then.
 */
import { connect, type JetStreamClient, type JetStreamManager } from 'nats';
import { connectionOptions } from '../nats/connection-options';
import { eventually, useNats } from '../testing';
import { useIdMaps } from './specimen/use-id-maps';

jest.setTimeout(120_000);

const nats = useNats();
const world = useIdMaps(nats);
const both = () => Promise.all([world.convert('owner'), world.convert('follower')]);
const start = () => Promise.all([world.startOwner(), world.startFollower()]);
const published = () =>
  eventually('all is published', async () => {
    const rows = await world.ask('owner', 'SELECT FROM outbox_events WHERE published_at IS NULL');
    return rows.length === 0;
  });

async function withStreams<T>(
  work: (manager: JetStreamManager, client: JetStreamClient) => Promise<T>,
): Promise<T> {
  const connection = await connect(connectionOptions(nats().url, 'test'));
  try {
    return await work(await connection.jetstreamManager(), connection.jetstream());
  } finally {
    await connection.close();
  }
}

test('NATS that is killed in the middle takes no pair along', async () => {
  await both();
  await start();
  await world.joined();
  await world.fill(1, 20_000);
  await nats().kill();
  await world.fill(20_001, 40_000);
  await world.makePair(40_001);
  await nats().restart();
  await world.equal();
  await world.quiet();
});

test('a stream that is lost with all that was in it is made up for', async () => {
  await both();
  await world.startOwner();
  const follower = await world.startFollower();
  await world.joined();
  await world.fill(1, 10);
  await world.equal();
  await world.quiet();
  await follower.app.close();
  await world.fill(11, 20_000);
  await published();
  await nats().kill();
  await nats().loseStore();
  await nats().restart();
  await world.startFollower();
  await world.equal();
  await world.quiet();
});

test('single messages that are lost hold up their own lanes alone, and come again', async () => {
  await both();
  await world.startOwner();
  const follower = await world.startFollower();
  await world.joined();
  await world.fill(1, 10);
  await world.quiet();
  await follower.app.close();
  for (let from = 11; from < 211; from += 10) await world.fill(from, from + 9);
  await published();
  await withStreams(async (manager) => {
    for (const sequence of [3, 4, 5, 20]) await manager.streams.deleteMessage('club-service', sequence);
  });
  await world.startFollower();
  await world.equal();
  await world.quiet();
});

test('what comes twice and in the wrong order is stored once', async () => {
  await both();
  await world.startOwner();
  const follower = await world.startFollower();
  await world.joined();
  await follower.app.close();
  for (let from = 1; from < 101; from += 10) await world.fill(from, from + 9);
  await published();
  await withStreams(async (manager, client) => {
    const { state } = await manager.streams.info('club-service');
    for (let seq = state.last_seq; seq >= state.first_seq; seq -= 1) {
      const { subject, data } = await manager.streams.getMessage('club-service', { seq });
      await client.publish(subject, data);
    }
  });
  await world.startFollower();
  await world.equal();
  await world.quiet();
  expect(await world.deadLetters()).toEqual([]);
});

test('connections to both databases that are cut, and a relay that ends, cost nothing but time', async () => {
  await both();
  await start();
  await world.joined();
  const relay = await world.startOwner({ role: 'relay' });
  for (let from = 1; from < 30_001; from += 3_000) {
    await world.fill(from, from + 2_999);
    await world.makePair(100_000 + from);
    for (const side of ['owner', 'follower'] as const) {
      await world.ask(
        side,
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      );
    }
    if (from === 12_001) await relay.app.close();
  }
  await world.equal();
  await world.quiet();
  expect(await world.ask('owner', 'SELECT FROM id_conversion.unpublished_pairs')).toEqual([]);
});

test.each([
  ['a count that is not theirs', `jsonb_set(data, '{count}', '9')`, 'EVENT_DATA_INVALID'],
  ['no base64', `jsonb_set(data, '{pairs}', to_jsonb(repeat('?', 320)))`, 'EVENT_DATA_INVALID'],
  ['another checksum', `jsonb_set(data, '{checksum}', to_jsonb(repeat('0', 64)))`, 'EVENT_DATA_INVALID'],
  ['no map', `data - 'map'`, 'EVENT_DATA_INVALID'],
])('pairs with %s are a dead letter at once, and the next ones are stored', async (_what, data, code) => {
  await both();
  await start();
  await world.joined();
  await world.fillSpoiled(1, 10, data);
  await eventually('it is a dead letter', async () => (await world.deadLetters()).length === 1);
  await world.fill(11, 20);
  await world.quiet();
  expect(await world.deadLetters()).toEqual([
    { code, error: expect.stringContaining('club-service.id-map.filled.v1: '), attempts: 1 },
  ]);
  const rows = await world.ask<{ pairs: number }>(
    'follower',
    'SELECT count(*)::int AS pairs FROM id_conversion.users_ids WHERE number > 10',
  );
  expect(rows).toEqual([{ pairs: 10 }]);
});

test('a pair that contradicts one that is here is a dead letter that says so, and the service goes on', async () => {
  await both();
  await start();
  await world.joined();
  const wrong = '00000000-0000-4000-8000-000000000000';
  await world.ask('follower', 'INSERT INTO id_conversion.users_ids VALUES (7, $1)', [wrong]);
  await world.makePair(7);
  await eventually('it is a dead letter', async () => (await world.deadLetters()).length === 1);
  await world.makePair(8);
  await world.quiet();
  const [right] = await world.ask<{ uuid: string }>(
    'owner',
    'SELECT uuid FROM id_conversion.users_ids WHERE number = 7',
  );
  expect(await world.deadLetters()).toEqual([
    {
      code: 'EVENT_REFUSED',
      attempts: 1,
      error:
        'EventError: 1 pair(s) of the id map users that club-service sent contradict what is here; the first: 7 is ' +
        `${right!.uuid} there, and here 7 is ${wrong}. A number has one UUID for ever, so one of the two is wrong: mend that, ` +
        'then replay the event.',
    },
  ]);
  expect(
    await world.ask('follower', 'SELECT number::int, uuid FROM id_conversion.users_ids WHERE number = 7'),
  ).toEqual([{ number: 7, uuid: wrong }]);
});
