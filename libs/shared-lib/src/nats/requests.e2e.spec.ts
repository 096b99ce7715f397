import { connect } from 'nats';
import { eventually, useNats } from '../testing';
import { connectionOptions } from './connection-options';
import { NatsConnector } from './nats-connector';
import { RequestServer, type RequestHandler } from './request-server';
import { request } from './requests';

jest.setTimeout(60_000);

const nats = useNats();
let connector: NatsConnector;
let server: RequestServer | undefined;

beforeEach(() => {
  connector = new NatsConnector({ url: nats().url }, 'test');
  connector.onModuleInit();
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
  await connector.beforeApplicationShutdown();
});

const ask = (body: unknown = {}, timeoutMs = 2_000): Promise<unknown> =>
  request(connector, { service: 'club-service', name: 'novel', timeoutMs }, body);

/** Resolves when the server of NATS knows of it. */
async function serve(handle: RequestHandler): Promise<void> {
  server = new RequestServer(connector, 'club-service', 'novel', handle);
  server.start();
  await eventually('it answers', async () => {
    const isMissing = await ask('ready?').then(
      () => false,
      (error: { code: string }) => error.code === 'NOBODY_ANSWERS',
    );
    return !isMissing;
  });
}

/** Answers whatever it is asked for, as something else would that subscribes to the same subject. */
async function strayResponder(answer: string): Promise<{ close(): Promise<void> }> {
  const connection = await connect(connectionOptions(nats().url, 'stray'));
  connection.subscribe('rpc.club-service.novel', { callback: (_error, message) => message.respond(answer) });
  await connection.flush();
  return { close: () => connection.close() };
}

test('a request is answered with what the handler gives', async () => {
  await serve((body) => Promise.resolve({ heard: body }));
  await expect(ask({ chapter: 1 })).resolves.toEqual({ heard: { chapter: 1 } });
});

test('a handler that throws is a failed request that tells nothing of the inside', async () => {
  await serve(() => Promise.reject(new Error('password is secret')));
  await expect(ask()).rejects.toMatchObject({
    code: 'REQUEST_FAILED',
    message: 'club-service could not answer rpc.club-service.novel: it failed, see its log',
  });
});

test.each<[string, unknown]>([
  ['that no message can hold', 'x'.repeat(2 * 1024 * 1024)],
  ['that JSON cannot hold', 1n],
])('an answer %s is a failed request, and the next one is answered', async (_what, answer) => {
  await serve((body) => Promise.resolve(body === 'novel' ? answer : 'short'));
  await expect(ask('novel')).rejects.toMatchObject({ code: 'REQUEST_FAILED' });
  await expect(ask('note')).resolves.toBe('short');
});

test('says that nobody is there, at once', async () => {
  await expect(ask({}, 30_000)).rejects.toMatchObject({
    code: 'NOBODY_ANSWERS',
    message: 'nobody answers rpc.club-service.novel: is club-service up?',
  });
});

test('says that somebody is there and took too long', async () => {
  let finish: () => void = () => undefined;
  const written = new Promise<void>((resolve) => (finish = resolve));
  await serve((body) => (body === 'ready?' ? Promise.resolve('yes') : written));
  await expect(ask({}, 200)).rejects.toMatchObject({ code: 'NO_ANSWER' });
  finish();
});

test.each(['hello', '"hello"', 'null', '{}'])('an answer %s is none', async (answer) => {
  const stray = await strayResponder(answer);
  try {
    await expect(ask()).rejects.toMatchObject({ code: 'ANSWER_UNREADABLE' });
  } finally {
    await stray.close();
  }
});

test('a question that no message can hold says so', async () => {
  await connector.connected();
  await expect(ask('x'.repeat(2 * 1024 * 1024))).rejects.toMatchObject({ code: 'REQUEST_NOT_SENT' });
});

test('waits no longer for a connection than for an answer', async () => {
  const away = new NatsConnector({ url: 'nats://127.0.0.1:1' }, 'test');
  away.onModuleInit();
  try {
    const asking = request(away, { service: 'club-service', name: 'novel', timeoutMs: 200 }, {});
    await expect(asking).rejects.toMatchObject({ code: 'NO_ANSWER' });
  } finally {
    await away.beforeApplicationShutdown();
  }
});

test('answers a few at once, and the others after them', async () => {
  let running = 0;
  let most = 0;
  let release: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  await serve(async (body) => {
    if (body === 'ready?') return undefined;
    running += 1;
    most = Math.max(most, running);
    await gate;
    running -= 1;
    return body;
  });
  const asking = Promise.all(Array.from({ length: 20 }, (_, index) => ask(index, 10_000)));
  await eventually('some are being answered', async () => Promise.resolve(running === 4));
  release();
  await expect(asking).resolves.toHaveLength(20);
  expect(most).toBe(4);
});

test('answers again after its connection was closed for good', async () => {
  await serve(() => Promise.resolve('still here'));
  await (await connector.connected()).close();
  await eventually('it answers', () =>
    ask().then(
      (answer) => answer === 'still here',
      () => false,
    ),
  );
});
