import { connect, type NatsConnection } from 'nats';

/** The client takes no credentials from a URL. */
export async function withNats<T>(url: string, work: (connection: NatsConnection) => Promise<T>): Promise<T> {
  const { host, username, password } = new URL(url);
  const connection = await connect({ servers: host, user: username, pass: password, reconnect: false });
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

/** Puts a message into the stream, which is made when it is not there. @returns how many it then has */
export function publishTo(stream: string, url: string): Promise<number> {
  return withNats(url, async (connection) => {
    const manager = await connection.jetstreamManager();
    await manager.streams.add({ name: stream, subjects: [`${stream}.>`] });
    await connection.jetstream().publish(`${stream}.one`, 'hello');
    return (await manager.streams.info(stream)).state.messages;
  });
}
