import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { defaultDataRoot } from '../config';
import { poll } from '../system/poll';
import { makeDataRootSandbox, type DataRootSandbox } from '../testing/data-root-sandbox';
import { publishTo, withNats } from '../testing/nats-client';
import { ensureNats } from './ensure-nats';
import { developmentNatsHome, livePid } from './home';
import { locateNats } from './locate-program';
import { natsStatus } from './nats-status';
import { stopNats } from './stop-nats';

let sandbox: DataRootSandbox;
let dataRoot: string;
let program: string;
beforeAll(async () => {
  program = await locateNats(defaultDataRoot, () => undefined);
});
beforeEach(async () => {
  sandbox = await makeDataRootSandbox();
  ({ dataRoot } = sandbox);
});
afterEach(async () => {
  await stopNats({ dataRoot });
  await sandbox.remove();
});

test('starts one server for ten who need it, and leaves it running', async () => {
  const servers = await Promise.all(Array.from({ length: 10 }, () => ensureNats({ dataRoot, program })));
  const [first] = servers;
  expect(new Set(servers.map(({ url }) => url))).toEqual(new Set([first!.url]));
  expect(await publishTo('first', first!.url)).toBe(1);
  expect(await natsStatus({ dataRoot })).toMatchObject({ state: 'running', port: first!.port });
});

test('stops and starts again where it was, with its streams', async () => {
  expect(await natsStatus({ dataRoot })).toMatchObject({ state: 'absent' });
  const first = await ensureNats({ dataRoot, program });
  await publishTo('kept', first.url);
  expect(await stopNats({ dataRoot })).toBe(true);
  expect(await stopNats({ dataRoot })).toBe(false);
  expect(await natsStatus({ dataRoot })).toMatchObject({ state: 'stopped', port: null });
  const again = await ensureNats({ dataRoot, program });
  expect(again.url).toBe(first.url);
  expect(await publishTo('kept', again.url)).toBe(2);
});

test('a killed server is started again, with what it had', async () => {
  const first = await ensureNats({ dataRoot, program });
  await publishTo('kept', first.url);
  process.kill((await livePid(developmentNatsHome(dataRoot)))!, 'SIGKILL');
  const again = await ensureNats({ dataRoot, program });
  expect(again.url).toBe(first.url);
  expect(await publishTo('kept', again.url)).toBe(2);
});

test('takes another port when somebody has its own', async () => {
  const first = await ensureNats({ dataRoot, program });
  await stopNats({ dataRoot });
  const stranger = createServer();
  await new Promise<void>((done) => stranger.listen(first.port, '127.0.0.1', done));
  try {
    const again = await ensureNats({ dataRoot, program });
    expect(again.port).not.toBe(first.port);
    expect(await publishTo('kept', again.url)).toBe(1);
  } finally {
    await new Promise((done) => stranger.close(done));
  }
});

test.each(['', '{"format":', '{"format":2}', 'null'])('goes on when its settings are %j', async (text) => {
  const { url } = await ensureNats({ dataRoot, program });
  const home = developmentNatsHome(dataRoot);
  await rm(home.settingsFile);
  if (text !== '') await writeFile(home.settingsFile, text);
  const again = await ensureNats({ dataRoot, program });
  expect(again.url).not.toBe(url);
  expect(await publishTo('kept', again.url)).toBe(1);
});

test('says that a program cannot be run, and then waits for nothing more', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
  const before = timers();
  await expect(ensureNats({ dataRoot, program: '/no/nats-server' })).rejects.toMatchObject({
    code: 'CANNOT_START',
    message: expect.stringContaining('/no/nats-server'),
  });
  // Other people's timers come and go; one that waited for the server would be there for a minute.
  expect(await poll(() => Promise.resolve(timers() <= before || undefined), 2_000)).toBe(true);
});

test('lets nobody in without the password, which nobody else can read', async () => {
  const { url, port } = await ensureNats({ dataRoot, program });
  await expect(withNats(`nats://127.0.0.1:${port}`, async () => undefined)).rejects.toMatchObject({
    code: 'AUTHORIZATION_VIOLATION',
  });
  const home = developmentNatsHome(dataRoot);
  const { password } = new URL(url);
  for (const file of [home.settingsFile, home.configFile]) {
    expect(await readFile(file, 'utf8')).toContain(password);
    expect((await stat(file)).mode & 0o077).toBe(0);
  }
  expect(JSON.stringify(await natsStatus({ dataRoot }))).not.toContain(password);
});
