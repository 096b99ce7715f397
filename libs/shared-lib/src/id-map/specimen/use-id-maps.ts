import { connect } from 'nats';
import { Client } from 'pg';
import { defineIdMaps } from '../../events/contracts/id-map';
import type { Subscriptions } from '../../events/subscriptions';
import { connectionOptions } from '../../nats/connection-options';
import {
  createMessagingDatabase,
  startMessaging,
  type MessagingProcess,
  type MessagingProcessOptions,
} from '../../outbox/specimen/start-messaging';
import { eventually, type TestDatabase } from '../../testing';
import { IdMapModule } from '../id-map.module';
import { digestsAgree, mapDigest } from '../map-digest';
import { publishPairs } from '../publish-pairs';
import type { Query } from '../query';
import { ID_MAP_TABLES_V1, registerIdMapV1 } from '../tables/v1';

export const CLUB_ID_MAPS = defineIdMaps('club-service');
export const ID_MAP_SUBSCRIPTIONS: Subscriptions = { 'fan-service': [CLUB_ID_MAPS.map, CLUB_ID_MAPS.pair] };
const MAP = { map: 'users', table: 'users_ids', owner: 'club-service' };

export type Side = 'owner' | 'follower';
type StartOptions = Partial<Omit<MessagingProcessOptions, 'service' | 'database'>>;

/** The club-service converts the key of `users`, and the fan-service refers to it. */
export interface IdMapWorld {
  /** Makes the tables of a conversion in the database of one of them. */
  readonly convert: (side: Side) => Promise<void>;
  readonly startOwner: (options?: StartOptions) => Promise<MessagingProcess>;
  readonly startFollower: (options?: StartOptions) => Promise<MessagingProcess>;
  readonly ask: <Row>(side: Side, sql: string, values?: unknown[]) => Promise<Row[]>;
  /** Several statements of one transaction. */
  readonly inTransaction: <T>(side: Side, work: (query: Query) => Promise<T>) => Promise<T>;
  /** What a batch of the backfill does: pairs of these numbers, and the messages that tell of them. */
  readonly fill: (from: number, to: number) => Promise<void>;
  /** The same with an event whose data are then changed, by an SQL expression over `data`, before anybody can publish it. */
  readonly fillSpoiled: (from: number, to: number, data: string) => Promise<void>;
  /** What a client's insert does by its trigger. */
  readonly makePair: (number: number) => Promise<void>;
  /** Waits until the follower has been told of everything before its time: what comes then comes as events, and not as snapshots. */
  readonly joined: () => Promise<void>;
  /** Waits until the follower knows what the owner's map has. */
  readonly equal: (timeoutMs?: number) => Promise<void>;
  /** Waits until nothing is underway. */
  readonly quiet: () => Promise<void>;
  /** Codes of what the follower could not process. */
  readonly deadLetters: () => Promise<{ code: string; error: string; attempts: number }[]>;
}

/** Registers the hooks: two databases for each test, and the end of every process that it started. */
export function useIdMaps(nats: () => { readonly url: string }): IdMapWorld {
  const databases: Partial<Record<Side, TestDatabase>> = {};
  const processes: MessagingProcess[] = [];

  beforeEach(async () => {
    await deleteStreams(nats().url);
    [databases.owner, databases.follower] = await Promise.all([
      createMessagingDatabase('club-service'),
      createMessagingDatabase('fan-service'),
    ]);
  });
  afterEach(async () => {
    await Promise.all(processes.splice(0).map(({ app }) => app.close()));
    await Promise.all([databases.owner?.drop(), databases.follower?.drop()]);
  });

  const start = async (side: Side, options: StartOptions): Promise<MessagingProcess> => {
    const service = side === 'owner' ? 'club-service' : 'fan-service';
    const part = side === 'owner' ? { owns: CLUB_ID_MAPS } : { follows: [CLUB_ID_MAPS] };
    const process = await startMessaging({
      ...{ service, database: databases[side]!, natsUrl: nats().url },
      ...{ events: [CLUB_ID_MAPS.filled, CLUB_ID_MAPS.made], subscriptions: ID_MAP_SUBSCRIPTIONS },
      imports: options.role === 'relay' ? [] : [IdMapModule.forService({ service, ...part })],
      ...options,
    });
    processes.push(process);
    return process;
  };
  const connected = async <T>(side: Side, work: (query: Query) => Promise<T>): Promise<T> => {
    const client = new Client({ connectionString: databases[side]!.url });
    await client.connect();
    try {
      return await work(async <Row>(sql: string, values?: unknown[]) => {
        return (await client.query(sql, values)).rows as Row[];
      });
    } finally {
      await client.end();
    }
  };
  const ask: IdMapWorld['ask'] = <Row>(side: Side, sql: string, values?: unknown[]) =>
    connected(side, (query) => query<Row>(sql, values));
  const inTransaction: IdMapWorld['inTransaction'] = (side, work) =>
    connected(side, async (query) => {
      await query('BEGIN');
      const result = await work(query);
      await query('COMMIT');
      return result;
    });
  const digest = (side: Side) =>
    connected(side, (query) => mapDigest(query, { table: 'id_conversion.users_ids' }));

  return {
    ...{ ask, inTransaction },
    convert: (side) =>
      connected(side, async (query) => {
        await query('CREATE SCHEMA id_conversion');
        await query(
          'CREATE TABLE id_conversion.users_ids (number bigint PRIMARY KEY, uuid uuid NOT NULL UNIQUE)',
        );
        for (const statement of [...ID_MAP_TABLES_V1, ...registerIdMapV1(MAP)]) await query(statement);
      }),
    startOwner: (options = {}) => start('owner', options),
    startFollower: (options = {}) => start('follower', options),
    fill: (from, to) => inTransaction('owner', (query) => fill(query, from, to)),
    fillSpoiled: (from, to, data) =>
      inTransaction('owner', async (query) => {
        await fill(query, from, to);
        await query(`UPDATE outbox_events SET data = ${data} WHERE xmin = pg_current_xact_id()::xid`);
      }),
    makePair: (number) =>
      inTransaction('owner', async (query) => {
        await query(`INSERT INTO id_conversion.users_ids VALUES ($1, gen_random_uuid())`, [number]);
        await query(`INSERT INTO id_conversion.unpublished_pairs VALUES ('users', $1)`, [number]);
      }),
    joined: () =>
      eventually('the follower has joined', async () => {
        const rows = await ask('follower', 'SELECT FROM inbox_subscriptions WHERE joined_at IS NOT NULL');
        return rows.length === ID_MAP_SUBSCRIPTIONS['fan-service']!.length;
      }),
    equal: (timeoutMs) =>
      eventually(
        'the copy is what the map is',
        async () => digestsAgree(await digest('follower'), await digest('owner')),
        timeoutMs,
      ),
    quiet: () =>
      eventually('everything is confirmed', async () => {
        const [row] = await ask<{ left: number }>('owner', 'SELECT count(*)::int AS left FROM outbox_events');
        return row!.left === 0;
      }),
    deadLetters: () => ask('follower', 'SELECT code, error, attempts FROM dead_letters ORDER BY died_at'),
  };
}

async function fill(query: Query, from: number, to: number): Promise<void> {
  await query(
    `INSERT INTO id_conversion.users_ids SELECT n, gen_random_uuid() FROM generate_series($1::bigint, $2::bigint) AS n`,
    [from, to],
  );
  await publishPairs(query, {
    ...{ service: 'club-service', map: 'users', from: String(from), to: String(to) },
    subscriptions: ID_MAP_SUBSCRIPTIONS,
  });
}

/** What a test before this one left on the server. */
async function deleteStreams(url: string): Promise<void> {
  const connection = await connect(connectionOptions(url, 'test'));
  try {
    const manager = await connection.jetstreamManager();
    for await (const { config } of manager.streams.list()) await manager.streams.delete(config.name);
  } finally {
    await connection.close();
  }
}
