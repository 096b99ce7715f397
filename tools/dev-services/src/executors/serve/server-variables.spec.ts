import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serverVariables } from './server-variables';

const dataRoot = join(tmpdir(), `hockey-hub-never-made-${process.pid}`);
const NATS_URL = 'nats://nats.example:4222';
afterEach(() => expect(existsSync(dataRoot)).toBe(false));

test('takes the servers that the environment names and starts nothing', async () => {
  const DATABASE_URL = 'postgres://app:secret@db.example:5432/hockey';
  const given = { DATABASE_URL, NATS_URL: ` ${NATS_URL} ` };
  expect(await serverVariables('user-service', given, { dataRoot })).toEqual({ DATABASE_URL, NATS_URL });
});

test('a service with a database of its own needs no server for it', async () => {
  const given = { USER_SERVICE_DATABASE_URL: 'postgres://db.example/users', NATS_URL };
  expect(await serverVariables('user-service', given, { dataRoot })).toEqual({ NATS_URL });
});
