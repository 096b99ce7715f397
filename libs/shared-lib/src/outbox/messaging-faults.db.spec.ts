/** Two services on real servers, and what breaks between them: nothing is lost, nothing is done twice. */
import { connect } from 'nats';
import { connectionOptions } from '../nats/connection-options';
import { eventually, useNats } from '../testing';
import { useTwoServices } from './specimen/use-two-services';

jest.setTimeout(90_000);

const nats = useNats();
const world = useTwoServices(nats);
const juniors = { name: 'juniors', size: 20 };

const oneTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const sequencesOf = async (id: string) =>
  (await world.heard()).filter((one) => one.id === id).map(({ sequence }) => sequence);

async function withStreams<T>(
  work: (manager: Awaited<ReturnType<Awaited<ReturnType<typeof connect>>['jetstreamManager']>>) => Promise<T>,
): Promise<T> {
  const connection = await connect(connectionOptions(nats().url, 'test'));
  try {
    return await work(await connection.jetstreamManager());
  } finally {
    await connection.close();
  }
}

test('services boot and write without NATS, and send when it is there', async () => {
  await nats().kill();
  const { owner } = await world.startOwner();
  await world.startListener();
  await owner.save('a', juniors);
  await owner.save('a', juniors);
  await nats().restart();
  await world.joined();
  await world.quiet();
  const states = await world.ask('listener', 'SELECT id, sequence::int FROM squads');
  expect(states).toEqual([{ id: 'a', sequence: 2 }]);
});

test('NATS that is killed and comes back takes nothing along and delivers nothing twice', async () => {
  const { owner } = await world.start();
  const writing = (async () => {
    for (const size of oneTo(60)) await owner.save('a', { ...juniors, size });
  })();
  await eventually('some are heard', async () => (await world.heard()).length > 5);
  await nats().kill();
  await writing;
  await nats().restart();
  await world.quiet();
  expect(await sequencesOf('a')).toEqual(oneTo(60));
});

test('a stream that is lost with all that was in it is made again, and filled with what nobody has confirmed', async () => {
  const { owner } = await world.startOwner();
  const listener = await world.startListener();
  await world.joined();
  await owner.save('a', juniors);
  await world.quiet();
  await listener.app.close();
  for (const size of oneTo(20)) await owner.save('a', { ...juniors, size });
  await eventually('all are published', async () => {
    const rows = await world.ask('owner', 'SELECT FROM outbox_events WHERE published_at IS NULL');
    return rows.length === 0;
  });
  await nats().kill();
  await nats().loseStore();
  await nats().restart();
  await world.startListener();
  await world.quiet();
  expect(await sequencesOf('a')).toEqual(oneTo(21));
});

test('single messages that the stream lost are found missing and published again', async () => {
  const { owner } = await world.startOwner();
  const listener = await world.startListener();
  await world.joined();
  await listener.app.close();
  for (const size of oneTo(10)) await owner.save('a', { ...juniors, size });
  await eventually('all are published', async () => {
    const rows = await world.ask('owner', 'SELECT FROM outbox_events WHERE published_at IS NULL');
    return rows.length === 0;
  });
  await withStreams(async (manager) => {
    for (const sequence of [3, 4, 10]) await manager.streams.deleteMessage('club-service', sequence);
  });
  await world.startListener();
  await world.quiet();
  expect(await sequencesOf('a')).toEqual(oneTo(10));
});

test('a receipt that gets lost is asked for', async () => {
  const first = await world.startOwner();
  await world.startListener();
  await world.joined();
  // No process of the owner is there to take the receipt.
  await first.owner.save('a', juniors);
  await eventually('it is published', async () => {
    const rows = await world.ask('owner', 'SELECT FROM outbox_events WHERE published_at IS NULL');
    return rows.length === 0;
  });
  await first.app.close();
  await eventually('it is heard', async () => (await world.heard()).length === 1);
  await world.ask('owner', `UPDATE outbox_events SET awaiting = '{fan-service}'`);
  await world.startOwner();
  await world.quiet();
  expect(await sequencesOf('a')).toEqual([1]);
});

test('three relays share the work, and each squad keeps its order', async () => {
  const one = await world.startOwner();
  await Promise.all([world.startRelay(), world.startRelay(), world.startListener()]);
  await world.joined();
  const ids = oneTo(24).map(String);
  await Promise.all(
    ids.map(async (id) => {
      for (const size of oneTo(10)) await one.owner.save(id, { ...juniors, size });
    }),
  );
  await world.quiet();
  for (const id of ids) expect({ id, heard: await sequencesOf(id) }).toEqual({ id, heard: oneTo(10) });
});

test('two processes of a listener share the work, and each squad keeps its order', async () => {
  const { owner } = await world.start();
  await world.startListener();
  const ids = oneTo(12).map(String);
  await Promise.all(
    ids.map(async (id) => {
      for (const size of oneTo(20)) await owner.save(id, { ...juniors, size });
    }),
  );
  await world.quiet();
  for (const id of ids) expect({ id, heard: await sequencesOf(id) }).toEqual({ id, heard: oneTo(20) });
});

test('connections to the database that are cut, on both sides, cost nothing but time', async () => {
  const { owner } = await world.start();
  const cut = (side: 'owner' | 'listener') =>
    world.ask(
      side,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
  let written = 0;
  for (const size of oneTo(40)) {
    try {
      await owner.save('a', { ...juniors, size });
      written += 1;
    } catch {
      // Cut in the middle: the writer was told, and nothing was written.
      expect(size % 10).toBe(0);
    }
    if (size % 10 === 9) await Promise.all([cut('owner'), cut('listener')]);
  }
  await world.quiet();
  expect(written).toBeGreaterThan(30);
  expect(await sequencesOf('a')).toEqual(oneTo(written));
});

test('an event that somebody wrote by hand and nobody can send is set aside, and its listeners get the state', async () => {
  const { owner } = await world.start();
  await owner.save('a', juniors);
  await world.quiet();
  await world.ask(
    'owner',
    `WITH next AS (UPDATE outbox_aggregates SET last_sequence = last_sequence + 1 RETURNING *)
     INSERT INTO outbox_events (aggregate, aggregate_id, sequence, id, type, partition, data, awaiting)
     SELECT aggregate, aggregate_id, last_sequence, gen_random_uuid(), 'club-service.squad.changed.v1', 0,
            jsonb_build_object('name', repeat('x', 600000), 'size', 1), '{fan-service}' FROM next`,
  );
  await owner.save('a', { ...juniors, size: 3 });
  await world.quiet();
  expect(await world.ask('owner', 'SELECT code FROM dead_letters')).toEqual([{ code: 'EVENT_TOO_LARGE' }]);
  expect(await world.ask('listener', 'SELECT size, sequence::int FROM squads')).toEqual([
    { size: 3, sequence: 3 },
  ]);
});
