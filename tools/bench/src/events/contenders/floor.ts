/**
 * The floor: what carrying an event costs anybody who uses Postgres and JetStream. An insert, committed, and an awaited
 * publish on one side; an insert, committed, and an acknowledgement on the other. It promises little: a process that dies
 * between the two loses the event or repeats it, and nobody keeps an order.
 */
import { connectionOptions } from '@hockey-hub/shared-lib/src/nats/connection-options';
import { streamOf } from '@hockey-hub/shared-lib/src/events/streams';
import {
  AckPolicy,
  connect,
  nanos,
  RetentionPolicy,
  StorageType,
  type JsMsg,
  type NatsConnection,
} from 'nats';
import { Pool } from 'pg';
import { databaseUrlOf } from '../../databases';
import { encodePlay, decodePlay } from '../plays/bare-event';
import { plays, SCOREBOARD, SCORER } from '../plays/play';
import { GAME_PLAYED } from '../plays/play-event';
import { CONNECTIONS, type Contender, type OnCommitted } from './contender';

const STREAM = streamOf(SCORER);

/** Asked for ahead, so that the server never waits to be asked. */
const MESSAGES_AHEAD = 500;

export const floor: Contender = {
  async openScorer({ databaseUrl, natsUrl }) {
    const pool = new Pool({ connectionString: databaseUrlOf(SCORER, databaseUrl), max: CONNECTIONS });
    const nats = await connect(connectionOptions(natsUrl, SCORER));
    const stream = nats.jetstream();
    const toWrite = plays();
    return {
      async write(sentAtUs) {
        const play = toWrite.next().value;
        await pool.query(
          'INSERT INTO plays (id, game_id, period, second, note) VALUES ($1, $2, $3, $4, $5)',
          [...[play.id, play.gameId, play.period, play.second, play.note]],
        );
        await stream.publish(GAME_PLAYED.subject, encodePlay(play, sentAtUs));
      },
      async close() {
        await nats.close();
        await pool.end();
      },
    };
  },

  async openScoreboard({ databaseUrl, natsUrl }, onCommitted) {
    const pool = new Pool({ connectionString: databaseUrlOf(SCOREBOARD, databaseUrl), max: CONNECTIONS });
    const nats = await connect(connectionOptions(natsUrl, SCOREBOARD));
    await addStream(nats);
    const consumer = await nats.jetstream().consumers.get(STREAM.name, SCOREBOARD);
    // The pool lets as many messages be handled at the same time as it has connections.
    const callback = (message: JsMsg): void => void show(pool, message, onCommitted);
    const messages = await consumer.consume({ max_messages: MESSAGES_AHEAD, callback });
    return {
      async close() {
        await messages.close();
        await nats.close();
        await pool.end();
      },
    };
  },
};

/** A failure is nobody's to catch: it ends the process, and with it the measurement. */
async function show(pool: Pool, message: JsMsg, onCommitted: OnCommitted): Promise<void> {
  const { gameId, data } = decodePlay(message.data);
  await pool.query(
    'INSERT INTO shown_plays (play_id, game_id, period, second, note) VALUES ($1, $2, $3, $4, $5)',
    [data.playId, gameId, data.period, data.second, data.note],
  );
  onCommitted(data.sentAtUs);
  message.ack();
}

/** The stream as ours has it, and a consumer that is told of everything in it. */
async function addStream(nats: NatsConnection): Promise<void> {
  const manager = await nats.jetstreamManager();
  await manager.streams.add({
    name: STREAM.name,
    subjects: [...STREAM.subjects],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    duplicate_window: nanos(STREAM.duplicateWindowMs),
    max_age: nanos(STREAM.maxAgeMs),
  });
  await manager.consumers.add(STREAM.name, {
    durable_name: SCOREBOARD,
    ack_policy: AckPolicy.Explicit,
    filter_subject: GAME_PLAYED.subject,
  });
}
