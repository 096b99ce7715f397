/** Two services on real servers: what is written in one is done in the other, once and in order. */
import { connect } from 'nats';
import { encodeEvent } from '../events/event-envelope';
import { connectionOptions } from '../nats/connection-options';
import { eventually, useNats } from '../testing';
import { SQUAD_CHANGED } from './specimen/contracts';
import { publishAsIs } from './specimen/publish-as-is';
import { useTwoServices } from './specimen/use-two-services';

jest.setTimeout(60_000);

const nats = useNats();
const world = useTwoServices(nats);
const juniors = { name: 'juniors', size: 20 };
const seniors = { name: 'seniors', size: 25 };

const publish = (subject: string, ...messages: (Uint8Array | string)[]) =>
  publishAsIs(nats().url, subject, ...messages);

function event(
  id: string,
  sequence: number,
  { type = SQUAD_CHANGED.subject, data = juniors as unknown } = {},
) {
  return encodeEvent({
    ...{
      id: `019aa000-0000-7000-8000-${String(sequence).padStart(12, '0')}`,
      service: 'club-service',
      type,
      data,
    },
    ...{ aggregateId: id, sequence, time: new Date(0).toISOString() },
  });
}

const letters = () =>
  world.ask<{ code: string; state: string; attempts: number }>(
    'listener',
    `SELECT code, state, attempts FROM dead_letters ORDER BY died_at`,
  );

test('what is committed in one service is done in the other, and then forgotten by the outbox', async () => {
  const { owner } = await world.start();
  await owner.save('a', juniors);
  await owner.save('a', { ...juniors, size: 21 });
  await owner.delete('a');
  await world.quiet();
  expect(await world.heard()).toEqual([
    { id: 'a', sequence: 1, name: 'juniors' },
    { id: 'a', sequence: 2, name: 'juniors' },
    { id: 'a', sequence: 3, name: 'deleted' },
  ]);
});

test('a transaction that is still open is not passed over, and holds up nobody else', async () => {
  const { owner, dataSource } = await world.start();
  let commit!: () => void;
  const isTime = new Promise<void>((resolve) => (commit = resolve));
  let isWritten!: () => void;
  const written = new Promise<void>((resolve) => (isWritten = resolve));
  const slow = dataSource.transaction(async (manager) => {
    await owner.saveIn(manager, 'slow', juniors);
    isWritten();
    await isTime;
  });
  await written;
  // These have higher positions and are committed first.
  await owner.save('a', seniors);
  await owner.save('b', seniors);
  await eventually('the others are heard', async () => (await world.heard()).length === 2);
  commit();
  await slow;
  await owner.save('slow', seniors);
  await world.quiet();
  expect((await world.heard()).slice(2)).toEqual([
    { id: 'slow', sequence: 1, name: 'juniors' },
    { id: 'slow', sequence: 2, name: 'seniors' },
  ]);
});

test('an event that nobody listens to is published, and gone from the outbox', async () => {
  const { dataSource, app } = await world.startOwner();
  const { Outbox } = await import('./outbox');
  const { WHISTLE_BLOWN } = await import('./specimen/contracts');
  await dataSource.transaction((manager) =>
    app.get(Outbox).publish(manager, WHISTLE_BLOWN, 'w', { reason: 'offside' }),
  );
  await world.quiet();
  const connection = await connect(connectionOptions(nats().url, 'test'));
  const manager = await connection.jetstreamManager();
  const { message } = {
    message: await manager.streams.getMessage('club-service', { last_by_subj: WHISTLE_BLOWN.subject }),
  };
  await connection.close();
  expect(message.json<{ data: object }>().data).toEqual({ reason: 'offside' });
});

test('delivered twice, and in the wrong order, it is done once and in the right one', async () => {
  const { owner } = await world.start();
  await owner.save('a', juniors);
  await world.quiet();
  await publish(SQUAD_CHANGED.subject, event('a', 4), event('a', 1), event('a', 3), event('a', 3));
  await eventually(
    'both wait',
    async () => (await world.ask('listener', 'SELECT FROM inbox_events')).length === 2,
  );
  await publish(SQUAD_CHANGED.subject, event('a', 2), event('a', 4), event('a', 2));
  await eventually('all four are heard', async () => (await world.heard()).length === 4);
  expect((await world.heard()).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
  expect(await world.ask('listener', 'SELECT FROM inbox_events')).toEqual([]);
  expect(await letters()).toEqual([]);
});

test('what a handler cannot bear is tried again, becomes a dead letter, and holds up its own squad alone', async () => {
  const { owner } = await world.startOwner();
  await world.startListener({ settings: { maxAttempts: 3 } });
  await world.joined();
  await owner.save('a', { name: 'poison', size: 1 });
  await owner.save('a', juniors);
  await owner.save('b', juniors);
  await world.quiet();
  expect((await world.heard()).sort((x, y) => x.id.localeCompare(y.id))).toEqual([
    { id: 'a', sequence: 2, name: 'juniors' },
    { id: 'b', sequence: 1, name: 'juniors' },
  ]);
  expect(await letters()).toEqual([{ code: 'HANDLER_FAILED', state: 'open', attempts: 3 }]);
  // What it did before it failed is taken back.
  expect(await world.ask('listener', `SELECT FROM squads WHERE name = 'poison'`)).toEqual([]);
});

test('a handler that recovers is not heard of again', async () => {
  const { owner } = await world.startOwner();
  const listener = await world.startListener();
  await world.joined();
  await listener.dataSource.query(`ALTER TABLE heard ADD CHECK (name <> 'juniors')`);
  await owner.save('a', juniors);
  await eventually('it was tried', async () => {
    const [row] = await world.ask<{ attempts: number }>('listener', 'SELECT attempts FROM inbox_events');
    return (row?.attempts ?? 0) > 0;
  });
  await listener.dataSource.query(`ALTER TABLE heard DROP CONSTRAINT heard_name_check`);
  await world.quiet();
  expect(await world.heard()).toEqual([{ id: 'a', sequence: 1, name: 'juniors' }]);
  expect(await letters()).toEqual([]);
});

test.each([
  ['no JSON at all', 'hello', 'EVENT_MALFORMED'],
  ['JSON that is no event', '{"hello":1}', 'EVENT_MALFORMED'],
  ['an event of somebody else', event('x', 1, { type: 'club-service.whistle.blown.v1' }), 'EVENT_MALFORMED'],
])('%s is a dead letter, once, and what comes after it is done', async (_what, message, code) => {
  const { owner } = await world.start();
  await publish(SQUAD_CHANGED.subject, message, message);
  await owner.save('a', juniors);
  await world.quiet();
  expect(await letters()).toEqual([{ code, state: 'open', attempts: 1 }]);
  expect(await world.heard()).toHaveLength(1);
});

test.each([
  ['a version that nobody knows yet', { type: 'club-service.squad.changed.v7' }, 'EVENT_VERSION_UNKNOWN'],
  ['a kind that nobody knows yet', { type: 'club-service.squad.promoted.v1' }, 'EVENT_UNKNOWN'],
  ['data that break the contract', { data: { name: 7 } }, 'EVENT_DATA_INVALID'],
])('%s is a dead letter, and the next event of the same squad is done', async (_what, fault, code) => {
  await world.start();
  await publish(fault && 'type' in fault ? fault.type! : SQUAD_CHANGED.subject, event('a', 1, fault));
  await publish(SQUAD_CHANGED.subject, event('a', 2));
  await eventually('the next one is heard', async () => (await world.heard()).length === 1);
  expect(await letters()).toEqual([{ code, state: 'open', attempts: 1 }]);
});
