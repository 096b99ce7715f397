import { connect } from 'nats';
import { Client } from 'pg';
import { connectionOptions } from '../../nats/connection-options';
import { eventually, type TestDatabase } from '../../testing';
import { SquadListener } from './squad-listener';
import { SquadOwner } from './squad-owner';
import {
  createMessagingDatabase,
  startMessaging,
  type MessagingProcess,
  type MessagingProcessOptions,
} from './start-messaging';

export interface Heard {
  readonly id: string;
  readonly sequence: number;
  readonly name: string;
}

type StartOptions = Partial<Omit<MessagingProcessOptions, 'service' | 'database'>>;

export interface TwoServices {
  /** A process of the club-service, which owns squads. */
  readonly startOwner: (options?: StartOptions) => Promise<MessagingProcess & { readonly owner: SquadOwner }>;
  /** A process that publishes what the club-service writes, and nothing else. */
  readonly startRelay: () => Promise<MessagingProcess>;
  /** A process of the fan-service, which listens. */
  readonly startListener: (options?: StartOptions) => Promise<MessagingProcess>;
  /** Waits until the listener has asked for what was before it. */
  readonly joined: () => Promise<void>;
  /** One process of each, which know each other. */
  readonly start: () => Promise<MessagingProcess & { readonly owner: SquadOwner }>;
  /** What the handlers did, in the order in which they did it. */
  readonly heard: () => Promise<Heard[]>;
  /** Both databases, for a look behind the scenes. */
  readonly ask: <Row>(side: 'owner' | 'listener', sql: string, values?: unknown[]) => Promise<Row[]>;
  /** Waits until nothing is underway: everything is published, processed and confirmed. */
  readonly quiet: () => Promise<void>;
}

/** Registers the hooks: two databases for each test, and the end of every process that it started. */
export function useTwoServices(nats: () => { readonly url: string }): TwoServices {
  let ownerDatabase: TestDatabase;
  let listenerDatabase: TestDatabase;
  let processes: MessagingProcess[] = [];

  beforeEach(async () => {
    await withoutStreams(nats().url);
    [ownerDatabase, listenerDatabase] = await Promise.all([
      createMessagingDatabase('club-service'),
      createMessagingDatabase('fan-service'),
    ]);
  });
  afterEach(async () => {
    await Promise.all(processes.map(({ app }) => app.close()));
    processes = [];
    await Promise.all([ownerDatabase.drop(), listenerDatabase.drop()]);
  });

  const start = async (options: MessagingProcessOptions): Promise<MessagingProcess> => {
    const process = await startMessaging({ natsUrl: nats().url, ...options });
    processes.push(process);
    return process;
  };
  const startOwner: TwoServices['startOwner'] = async (options = {}) => {
    const process = await start({
      ...{ service: 'club-service', database: ownerDatabase, providers: [SquadOwner] },
      ...options,
    });
    return { ...process, owner: process.app.get(SquadOwner) };
  };
  const startRelay: TwoServices['startRelay'] = () =>
    start({ service: 'club-service', database: ownerDatabase, role: 'relay' });
  const startListener: TwoServices['startListener'] = (options = {}) =>
    start({ service: 'fan-service', database: listenerDatabase, providers: [SquadListener], ...options });
  const ask: TwoServices['ask'] = async <Row>(
    side: 'owner' | 'listener',
    sql: string,
    values?: unknown[],
  ) => {
    const { url } = side === 'owner' ? ownerDatabase : listenerDatabase;
    return query<Row>(url, sql, values);
  };
  const joined = (): Promise<void> =>
    eventually('the listener has taken over what was before', async () => {
      const rows = await ask('listener', `SELECT FROM inbox_subscriptions WHERE joined_at IS NOT NULL`);
      return rows.length === 1;
    });
  return {
    ...{ startOwner, startRelay, startListener, ask, joined },
    start: async () => {
      const [owner] = await Promise.all([startOwner(), startListener()]);
      await joined();
      return owner;
    },
    heard: () => ask<Heard>('listener', `SELECT id, sequence::int, name FROM heard ORDER BY place`),
    quiet: () =>
      eventually('everything is confirmed', async () => {
        const [row] = await ask<{ left: number }>('owner', `SELECT count(*)::int AS left FROM outbox_events`);
        return row!.left === 0;
      }),
  };
}

async function query<Row>(url: string, sql: string, values?: unknown[]): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql, values)).rows as Row[];
  } finally {
    await client.end();
  }
}

/** What a test before this one left on the server. */
async function withoutStreams(url: string): Promise<void> {
  const connection = await connect(connectionOptions(url, 'test'));
  try {
    const manager = await connection.jetstreamManager();
    for await (const { config } of manager.streams.list()) await manager.streams.delete(config.name);
  } finally {
    await connection.close();
  }
}
