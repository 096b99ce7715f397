import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { systemCodeOf } from '../errors';
import { listenOn } from './listen-on';
import { TcpProxy } from './tcp-proxy';

/** Says what it heard, and says it back. */
class Echo {
  readonly heard: string[] = [];
  readonly sessions: Socket[] = [];
  readonly server: Server = createServer((socket) => {
    this.sessions.push(socket);
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      this.heard.push(bytes.toString());
      socket.write(bytes);
    });
  });
}

class Caller {
  said = '';
  error?: string;
  readonly closed: Promise<unknown>;

  constructor(readonly socket: Socket) {
    socket.on('data', (bytes) => (this.said += bytes.toString()));
    socket.on('error', (error) => (this.error = systemCodeOf(error)));
    this.closed = new Promise((resolve) => socket.on('close', resolve));
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

describe('a proxy', () => {
  let echo: Echo;
  let proxy: TcpProxy;
  const callers: Caller[] = [];

  const call = async (): Promise<Caller> => {
    const caller = new Caller(connect(proxy.port, '127.0.0.1'));
    callers.push(caller);
    await once(caller.socket, 'connect');
    return caller;
  };
  const talk = async (): Promise<Caller> => {
    const caller = await call();
    caller.socket.write('hello');
    await until(() => caller.said === 'hello');
    return caller;
  };

  beforeEach(async () => {
    echo = new Echo();
    const { port } = await listenOn(echo.server);
    proxy = await TcpProxy.start(() => port);
  });

  afterEach(async () => {
    for (const { socket } of callers.splice(0)) socket.destroy();
    await proxy.close();
    for (const session of echo.sessions) session.destroy();
    echo.server.close();
  });

  test('passes bytes both ways, a megabyte too, and a client that goes', async () => {
    const caller = await talk();
    const sent = 'x'.repeat(2 ** 20);
    caller.socket.write(sent);
    await until(() => caller.said.length === 5 + sent.length);
    caller.socket.end();
    await once(echo.sessions[0]!, 'end');
    await until(() => proxy.connectionCount === 0);
    expect(proxy.acceptedCount).toBe(1);
  });

  test('cuts with a reset on both sides, and takes the next', async () => {
    const caller = await talk();
    proxy.cut();
    await caller.closed;
    expect(caller.error).toBe('ECONNRESET');
    await until(() => echo.sessions[0]!.destroyed);
    expect(proxy.connectionCount).toBe(0);
    await talk();
  });

  test('refuses until every refusal is lifted', async () => {
    const caller = await talk();
    const lifts = [await proxy.refuse(), await proxy.refuse()];
    await caller.closed;
    await expect(call()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await lifts[0]!();
    await lifts[0]!();
    await expect(call()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await lifts[1]!();
    await talk();
  });

  test('holds bytes while it stalls, also of those that connect meanwhile, and loses none', async () => {
    const caller = await talk();
    const lift = proxy.stall();
    caller.socket.write(' again');
    const newcomer = await call();
    newcomer.socket.write('new');
    await until(() => echo.sessions.length === 2);
    // A session that is not held up answers within a moment; this one is asked for longer than that.
    const other = await TcpProxy.start(() => (echo.server.address() as { port: number }).port);
    const free = new Caller(connect(other.port, '127.0.0.1'));
    free.socket.write('free');
    await until(() => free.said === 'free');
    free.socket.destroy();
    await other.close();
    expect([caller.said, newcomer.said]).toEqual(['hello', '']);
    await lift();
    await until(() => caller.said === 'hello again' && newcomer.said === 'new');
  });

  test('loses answers: the request arrives, the client hears nothing and is cut in the end', async () => {
    const caller = await talk();
    const lift = proxy.loseAnswers();
    caller.socket.write(' commit');
    await until(() => echo.heard.join('') === 'hello commit');
    await lift();
    await caller.closed;
    expect(caller.said).toBe('hello');
    await talk();
  });

  test('leaves the client alone with a server that is gone', async () => {
    const caller = await talk();
    const lift = proxy.loseServer();
    await until(() => echo.sessions[0]!.destroyed);
    caller.socket.write(' anybody?');
    const newcomer = await call();
    expect(caller.socket.destroyed).toBe(false);
    await lift();
    await Promise.all([caller.closed, newcomer.closed]);
    expect([echo.heard.join(''), caller.error]).toEqual(['hello', 'ECONNRESET']);
  });

  test('leaves the server alone with clients that are gone, and serves new ones', async () => {
    const caller = await talk();
    const lift = proxy.loseClients();
    await caller.closed;
    expect(caller.error).toBe('ECONNRESET');
    const newcomer = await talk();
    expect([echo.sessions[0]!.destroyed, proxy.connectionCount]).toEqual([false, 2]);
    await lift();
    await until(() => echo.sessions[0]!.destroyed);
    newcomer.socket.write(' still');
    await until(() => newcomer.said === 'hello still');
  });

  test('resets a client whose server does not run', async () => {
    for (const session of echo.sessions) session.destroy();
    await new Promise((resolve) => echo.server.close(resolve));
    const caller = await call();
    await caller.closed;
    expect(caller.error).toBe('ECONNRESET');
  });
});
