import { connect } from 'node:net';

/**
 * Whether a NATS server with JetStream listens on this port of 127.0.0.1: it says so in the first line, before any login.
 * https://docs.nats.io/reference/reference-protocols/nats-protocol#info
 */
export function answersAsNats(port: number, timeoutMs = 1_000): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let heard = '';
    const finish = (answer: boolean) => {
      socket.destroy();
      done(answer);
    };
    socket.setTimeout(timeoutMs, () => finish(false));
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1');
      if (heard.includes('\r\n')) finish(heard.startsWith('INFO ') && /"jetstream":\s*true/.test(heard));
    });
    socket.once('error', () => finish(false));
    socket.once('close', () => finish(false));
  });
}
