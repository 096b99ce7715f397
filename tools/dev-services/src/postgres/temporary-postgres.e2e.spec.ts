import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rename, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { query } from '../testing/query';
import { postgresMajors } from './model';
import { pathExists } from '../system/path-exists';
import { isServerOf } from '../system/process-identity';
import { startTemporaryPostgres } from './temporary-postgres';

test.each(postgresMajors)('starts Postgres %i for a test and leaves nothing behind', async (major) => {
  const settings = { wal_level: 'logical', application_name: "it's" };
  const server = await startTemporaryPostgres({ major, settings });
  try {
    const shown = await query(
      server.url,
      `SELECT current_setting('wal_level') AS wal_level, current_setting('fsync') AS fsync,
              current_setting('max_connections') AS max_connections, current_setting('server_version_num')::int / 10000 AS major`,
    );
    expect(shown).toEqual([{ wal_level: 'logical', fsync: 'off', max_connections: '200', major }]);
    expect(await isServerOf(server.pid, server.dataDirectory)).toBe(true);
  } finally {
    await server.stop();
  }
  expect(await isServerOf(server.pid, server.dataDirectory)).toBe(false);
  expect(await pathExists(dirname(server.dataDirectory))).toBe(false);
  await server.stop();
});

test('can be killed, restarted on the same port with its data, and stopped after a kill', async () => {
  const server = await startTemporaryPostgres();
  try {
    const { url, pid } = server;
    await query(url, 'CREATE TABLE kept AS SELECT 7 AS n');
    await query(url, 'CHECKPOINT');
    await server.kill();
    expect(await isServerOf(pid, server.dataDirectory)).toBe(false);
    await server.restart();
    expect(server.url).toBe(url);
    expect(server.pid).not.toBe(pid);
    expect(await query(url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
    await server.restart();
    expect(await query(url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
    await server.kill();
  } finally {
    await server.stop();
  }
  expect(await pathExists(dirname(server.dataDirectory))).toBe(false);
});

test('refuses a setting that Postgres does not know, with the reason from its log', async () => {
  const start = startTemporaryPostgres({ settings: { no_such_setting: 'on' } });
  await expect(start).rejects.toMatchObject({
    code: 'CANNOT_START',
    message: expect.stringContaining('no_such_setting'),
  });
});

test('removes what killed test runs left, and nothing else', async () => {
  const bystander = await startTemporaryPostgres();
  const parent = dirname(dirname(bystander.dataDirectory));
  const owner = spawn(process.execPath, ['--eval', '']);
  await once(owner, 'exit');
  const abandoned = join(parent, `hockey-hub-test-postgres-${owner.pid}-abc123`);
  const foreign = join(parent, `hockey-hub-test-${owner.pid}-abc123`);
  await mkdir(join(abandoned, 'data'), { recursive: true });
  await mkdir(foreign);
  try {
    const next = await startTemporaryPostgres();
    await next.stop();
    expect(await pathExists(abandoned)).toBe(false);
    expect((await stat(foreign)).isDirectory()).toBe(true);
    expect(await query(bystander.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  } finally {
    await bystander.stop();
    await rename(foreign, abandoned)
      .then(() => startTemporaryPostgres())
      .then((server) => server.stop());
  }
  expect(await pathExists(join(parent, basename(abandoned)))).toBe(false);
});
