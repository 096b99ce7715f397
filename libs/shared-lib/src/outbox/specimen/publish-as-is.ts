import { connect, type JetStreamManager } from 'nats';
import { connectionOptions } from '../../nats/connection-options';
import { eventually } from '../../testing';

/** Publishes past the outbox, as a broken or a malicious process would; waits until the owner has made the stream. */
export async function publishAsIs(
  url: string,
  subject: string,
  ...messages: (Uint8Array | string)[]
): Promise<void> {
  const connection = await connect(connectionOptions(url, 'test'));
  try {
    const manager = await connection.jetstreamManager();
    await eventually(`there is a stream for ${subject}`, () => hasStream(manager, subject));
    for (const message of messages) await connection.jetstream().publish(subject, message);
  } finally {
    await connection.close();
  }
}

async function hasStream(manager: JetStreamManager, subject: string): Promise<boolean> {
  const names = await manager.streams.names(subject).next();
  return names.length > 0;
}
