import { nextVersion } from '../events/event-contract';
import { MAX_EVENT_DATA_BYTES } from '../events/event-envelope';
import type { DataSource } from 'typeorm';
import type { TestDatabase } from '../testing';
import { Outbox } from './outbox';
import { SPECIMEN_SUBSCRIPTIONS, SQUAD_CHANGED, SquadState, WHISTLE_BLOWN } from './specimen/contracts';
import { createMessagingDatabase, startMessaging, type MessagingProcess } from './specimen/start-messaging';

let database: TestDatabase;
let process: MessagingProcess;
let dataSource: DataSource;
const outbox = new Outbox('club-service', SPECIMEN_SUBSCRIPTIONS);
const juniors = { name: 'juniors', size: 20 };

beforeAll(async () => {
  database = await createMessagingDatabase('club-service');
  process = await startMessaging({ service: 'club-service', database });
  ({ dataSource } = process);
});
beforeEach(() => dataSource.query('TRUNCATE outbox_events, outbox_aggregates, squads'));
afterAll(async () => {
  await process?.app.close();
  await database?.drop();
});

const publish = (id: string, name = 'juniors') =>
  dataSource.transaction((manager) => outbox.publish(manager, SQUAD_CHANGED, id, { name, size: 20 }));
const written = () =>
  dataSource.query<{ aggregate_id: string; sequence: number; name: string }[]>(
    `SELECT aggregate_id, sequence::int, data ->> 'name' AS name FROM outbox_events ORDER BY position`,
  );

test('refuses to write outside of a transaction, where the event could be without its rows', async () => {
  await expect(outbox.publish(dataSource.manager, SQUAD_CHANGED, 'a', juniors)).rejects.toMatchObject({
    code: 'OUTSIDE_TRANSACTION',
  });
  expect(await written()).toEqual([]);
});

test('refuses an event of another service, which no relay of this one would send', async () => {
  const other = new Outbox('fan-service', SPECIMEN_SUBSCRIPTIONS);
  const attempt = dataSource.transaction((manager) => other.publish(manager, SQUAD_CHANGED, 'a', juniors));
  await expect(attempt).rejects.toMatchObject({ code: 'FOREIGN_EVENT' });
  expect(await written()).toEqual([]);
});

test('is there with the rows or not at all', async () => {
  const failing = dataSource.transaction(async (manager) => {
    await manager.query(`INSERT INTO squads (id, name, size) VALUES ('a', 'juniors', 20)`);
    await outbox.publish(manager, SQUAD_CHANGED, 'a', juniors);
    throw new Error('thought better of it');
  });
  await expect(failing).rejects.toThrow('thought better of it');
  expect(await written()).toEqual([]);
  expect(await dataSource.query('SELECT FROM squads')).toEqual([]);
  await publish('a');
  expect(await written()).toEqual([{ aggregate_id: 'a', sequence: 1, name: 'juniors' }]);
});

test('goes with a savepoint that is taken back, and its number is given again', async () => {
  await dataSource.transaction(async (manager) => {
    await outbox.publish(manager, SQUAD_CHANGED, 'a', juniors);
    const nested = manager.transaction(async (inner) => {
      await outbox.publish(inner, SQUAD_CHANGED, 'a', { ...juniors, name: 'never' });
      throw new Error('only this part');
    });
    await expect(nested).rejects.toThrow('only this part');
    await outbox.publish(manager, SQUAD_CHANGED, 'a', { ...juniors, name: 'after' });
  });
  expect(await written()).toEqual([
    { aggregate_id: 'a', sequence: 1, name: 'juniors' },
    { aggregate_id: 'a', sequence: 2, name: 'after' },
  ]);
});

test('numbers each id for itself, also many at once, in the order of the call', async () => {
  await publish('b');
  await dataSource.transaction((manager) =>
    outbox.publishAll(
      manager,
      ['b one', 'a one', 'b two', 'b three', 'a two'].map((name) => ({
        contract: SQUAD_CHANGED,
        aggregateId: name[0]!,
        data: { name, size: 1 },
      })),
    ),
  );
  expect((await written()).slice(1)).toEqual([
    { aggregate_id: 'b', sequence: 2, name: 'b one' },
    { aggregate_id: 'a', sequence: 1, name: 'a one' },
    { aggregate_id: 'b', sequence: 3, name: 'b two' },
    { aggregate_id: 'b', sequence: 4, name: 'b three' },
    { aggregate_id: 'a', sequence: 2, name: 'a two' },
  ]);
});

test('gives no number twice and leaves none out when twenty write to one id, and some think better of it', async () => {
  const attempts = Array.from({ length: 60 }, (_, index) =>
    dataSource.transaction(async (manager) => {
      await outbox.publish(manager, SQUAD_CHANGED, 'a', juniors);
      if (index % 3 === 0) throw new Error('thought better of it');
    }),
  );
  const outcomes = await Promise.allSettled(attempts);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(40);
  expect((await written()).map(({ sequence }) => sequence)).toEqual(
    Array.from({ length: 40 }, (_, index) => index + 1),
  );
});

test('transactions that write to the same ids in different orders do not lock each other out', async () => {
  const ids = ['a', 'b', 'c', 'd'];
  const write = (order: string[]) =>
    dataSource.transaction((manager) =>
      outbox.publishAll(
        manager,
        order.map((aggregateId) => ({ contract: SQUAD_CHANGED, aggregateId, data: juniors })),
      ),
    );
  await Promise.all(Array.from({ length: 40 }, (_, index) => write(index % 2 ? ids : [...ids].reverse())));
  expect(await written()).toHaveLength(160);
});

test('says who has to confirm it', async () => {
  await dataSource.transaction(async (manager) => {
    await outbox.publish(manager, SQUAD_CHANGED, 'a', juniors);
    await outbox.publish(manager, WHISTLE_BLOWN, 'a', { reason: 'offside' });
  });
  expect(await dataSource.query(`SELECT type, awaiting FROM outbox_events ORDER BY position`)).toEqual([
    { type: 'club-service.squad.changed.v1', awaiting: ['fan-service'] },
    { type: 'club-service.whistle.blown.v1', awaiting: [] },
  ]);
});

test.each([
  ['data that break the contract', { name: 'juniors', size: 'many' }, 'EVENT_DATA_INVALID'],
  ['data above the limit', { name: 'x'.repeat(MAX_EVENT_DATA_BYTES), size: 1 }, 'EVENT_TOO_LARGE'],
])('refuses %s, and nothing of the transaction stays', async (_fault, data, code) => {
  const attempt = dataSource.transaction(async (manager) => {
    await manager.query(`INSERT INTO squads (id, name, size) VALUES ('a', 'juniors', 20)`);
    await outbox.publish(manager, SQUAD_CHANGED, 'a', data as SquadState);
  });
  await expect(attempt).rejects.toMatchObject({ name: 'EventError', code });
  expect(await written()).toEqual([]);
  expect(await dataSource.query('SELECT FROM squads')).toEqual([]);
});

test('writes the version it is given', async () => {
  class SquadStateV2 extends SquadState {}
  const second = nextVersion(SQUAD_CHANGED, SquadStateV2, (old) => old);
  await dataSource.transaction((manager) => outbox.publish(manager, second, 'a', juniors));
  expect(await dataSource.query(`SELECT type FROM outbox_events`)).toEqual([
    { type: 'club-service.squad.changed.v2' },
  ]);
});
