import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Pool } from 'pg';
import { HeardClient } from './heard-client';

/** Messages of the protocol, https://www.postgresql.org/docs/current/protocol-message-formats.html */
function message(type: string, ...parts: (string | number[])[]): Buffer {
  const body = Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(`${part}\0`) : Buffer.from(part))),
  );
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
}

const welcome = Buffer.concat([message('R', [0, 0, 0, 0]), message('Z', [0x49])]);
const shutdown = message('E', 'SFATAL', 'C57P01', 'Mterminating connection', [0]);

let server: Server;
const sockets: Socket[] = [];

beforeAll(async () => {
  // Lets everybody in, and stops in the same breath.
  server = createServer((socket) => {
    sockets.push(socket);
    socket.once('data', () => socket.write(Buffer.concat([welcome, shutdown])));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

test('a server that stops while it lets a connection in does not end the process, and the next query fails', async () => {
  const { port } = server.address() as AddressInfo;
  const pool = new Pool({ host: '127.0.0.1', port, user: 'app', ssl: false, Client: HeardClient } as never);
  pool.on('error', () => undefined);
  const client = await pool.connect();
  await expect(client.query('SELECT 1')).rejects.toThrow();
  client.release(true);
  await pool.end();
});
