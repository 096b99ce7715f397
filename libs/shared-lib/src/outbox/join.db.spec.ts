/** A listener that comes late: it learns what was before, then lives on with the events, and misses nothing in between. */
import { connect } from 'nats';
import { connectionOptions } from '../nats/connection-options';
import { useNats } from '../testing';
import { useTwoServices } from './specimen/use-two-services';

jest.setTimeout(60_000);

const nats = useNats();
const world = useTwoServices(nats);
const juniors = { name: 'juniors', size: 20 };

const oneTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const squads = (side: 'owner' | 'listener') =>
  world.ask<{ id: string; name: string; size: number }>(
    side,
    'SELECT id, name, size FROM squads ORDER BY id',
  );

/** As if the stream had outlived its week. */
async function emptyStream(): Promise<void> {
  const connection = await connect(connectionOptions(nats().url, 'test'));
  try {
    await (await connection.jetstreamManager()).streams.purge('club-service');
  } finally {
    await connection.close();
  }
}

test('rows that are older than the events themselves are taken over, page by page', async () => {
  await world.ask(
    'owner',
    `INSERT INTO squads SELECT 'squad ' || n, 'juniors', n FROM generate_series(1, 450) AS n`,
  );
  await world.start();
  expect(await squads('listener')).toEqual(await squads('owner'));
});

test('what was published before anybody listened, and is gone from the stream, is taken over in its newest state', async () => {
  const { owner, dataSource } = await world.startOwner();
  for (const size of oneTo(3)) await owner.save('a', { ...juniors, size });
  await owner.save('gone', juniors);
  await owner.delete('gone');
  // Nobody had subscribed when they were written.
  await dataSource.query('DELETE FROM outbox_events');
  await emptyStream();
  await world.startListener();
  await world.joined();
  expect(await squads('listener')).toEqual([{ id: 'a', name: 'juniors', size: 3 }]);
  await owner.save('a', { ...juniors, size: 4 });
  await owner.save('b', juniors);
  await world.quiet();
  expect(await squads('listener')).toEqual(await squads('owner'));
});

test('joins while the owner writes and deletes, and ends with the same rows', async () => {
  await world.ask(
    'owner',
    `INSERT INTO squads SELECT 'squad ' || n, 'juniors', n FROM generate_series(1, 500) AS n`,
  );
  const { owner } = await world.startOwner();
  let isOver = false;
  const writing = (async () => {
    for (let size = 1; !isOver; size += 1) {
      const id = `squad ${1 + ((size * 7) % 520)}`;
      if (size % 5 === 0) await owner.delete(id);
      else await owner.save(id, { ...juniors, size });
    }
  })();
  await world.startListener();
  await world.joined();
  isOver = true;
  await writing;
  await world.quiet();
  expect(await squads('listener')).toEqual(await squads('owner'));
  // No event and no state is taken over after a newer one.
  const inOrder = await world.ask(
    'listener',
    `SELECT FROM (SELECT sequence, lag(sequence) OVER (PARTITION BY id ORDER BY place) AS before FROM heard) AS x WHERE sequence <= before`,
  );
  expect(inOrder).toEqual([]);
});

test('events that are lost for good are made up for by the state, and the listener goes on from there', async () => {
  const { owner, dataSource } = await world.start();
  await owner.save('a', juniors);
  await world.quiet();
  // Written, and lost: neither the outbox nor the stream has it.
  await dataSource.query(`UPDATE outbox_aggregates SET last_sequence = 5`);
  await owner.save('a', { ...juniors, size: 6 });
  await world.quiet();
  expect(await world.ask('listener', 'SELECT size, sequence::int FROM squads')).toEqual([
    { size: 6, sequence: 6 },
  ]);
  await owner.save('a', { ...juniors, size: 7 });
  await world.quiet();
  expect((await world.heard()).at(-1)).toEqual({ id: 'a', sequence: 7, name: 'juniors' });
});
