import type { DataSource } from 'typeorm';
import type { TestDatabase } from '../../testing';
import { createMessagingDatabase, startMessaging, type MessagingProcess } from '../specimen/start-messaging';
import { unconfirmedEvents, waitNoLonger, type WalkPosition } from './unconfirmed';

let database: TestDatabase;
let process: MessagingProcess;
let dataSource: DataSource;

beforeAll(async () => {
  database = await createMessagingDatabase('club-service');
  process = await startMessaging({ service: 'club-service', database });
  ({ dataSource } = process);
});
beforeEach(() => dataSource.query('TRUNCATE outbox_events'));
afterAll(async () => {
  await process?.app.close();
  await database?.drop();
});

/** Published a minute ago, all at the same moment. */
async function wrote(sequences: number, awaiting: readonly string[]): Promise<void> {
  await dataSource.query(
    `INSERT INTO outbox_events (aggregate, aggregate_id, sequence, id, type, partition, data, published_at, publishes, awaiting)
     SELECT 'squad', 'a', sequence, gen_random_uuid(), 'club-service.squad.changed.v1', 0, '{}', now() - interval '1 minute', 1, $2
       FROM generate_series(1, $1::int) AS sequence`,
    [sequences, awaiting],
  );
}

async function walk(limit: number): Promise<number[]> {
  const seen: number[] = [];
  let after: WalkPosition | undefined;
  do {
    const page = await unconfirmedEvents(dataSource, { patienceMs: 1_000, limit, after });
    expect(page.events.length).toBeLessThanOrEqual(limit);
    seen.push(...page.events.map(({ sequence }) => sequence));
    after = page.next;
  } while (after);
  return seen;
}

test('a walk in small steps meets each event once, also those that were published at one moment', async () => {
  await wrote(10, ['fan-service']);
  expect(await walk(3)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(await walk(5)).toHaveLength(10);
});

test('leaves alone what was published just now, or not at all', async () => {
  await wrote(3, ['fan-service']);
  await dataSource.query(`UPDATE outbox_events SET published_at = now() WHERE sequence = 1`);
  await dataSource.query(`UPDATE outbox_events SET published_at = NULL WHERE sequence = 2`);
  expect(await walk(100)).toEqual([3]);
});

test('takes a listener off; what nobody else awaits goes, what somebody is at stays for the next time', async () => {
  await wrote(3, ['fan-service', 'gone-service']);
  await dataSource.query(`UPDATE outbox_events SET awaiting = '{gone-service}' WHERE sequence < 3`);
  const events = [1, 2, 3].map((sequence) => ({ aggregateId: 'a', sequence }));
  const gone = { aggregate: 'squad', listener: 'gone-service' };
  await dataSource.transaction(async (manager) => {
    await manager.query(`SELECT FROM outbox_events WHERE sequence = 2 FOR UPDATE`);
    await waitNoLonger(dataSource, gone, events);
  });
  const left = () => dataSource.query(`SELECT sequence::int, awaiting FROM outbox_events ORDER BY sequence`);
  expect(await left()).toEqual([
    { sequence: 2, awaiting: ['gone-service'] },
    { sequence: 3, awaiting: ['fan-service'] },
  ]);
  await waitNoLonger(dataSource, gone, events);
  expect(await left()).toEqual([{ sequence: 3, awaiting: ['fan-service'] }]);
});
