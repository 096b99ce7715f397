import { connect } from 'node:net';

/** SSLRequest: length 8, then its magic number. https://www.postgresql.org/docs/current/protocol-message-formats.html */
const sslRequest = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

/** Whether a Postgres listens on this port of 127.0.0.1: the one question it answers before any login. */
export function answersAsPostgres(port: number, timeoutMs = 1000): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(sslRequest));
    const finish = (answer: boolean) => {
      socket.destroy();
      done(answer);
    };
    socket.setTimeout(timeoutMs, () => finish(false));
    socket.once('data', (reply) => finish(reply[0] === 0x4e || reply[0] === 0x53)); // 'N' or 'S'
    socket.once('error', () => finish(false));
    socket.once('close', () => finish(false));
  });
}
