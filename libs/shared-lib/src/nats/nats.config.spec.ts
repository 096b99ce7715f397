import { inspect } from 'node:util';
import { ConfigError } from '../config/config-error';
import { connectionOptions } from './connection-options';
import { loadNatsConfig } from './nats.config';

test('reads NATS_URL, and never prints it', () => {
  const config = loadNatsConfig('user-service', { NATS_URL: ' nats://app:secret@127.0.0.1:4222 ' });
  expect(config.url).toBe('nats://app:secret@127.0.0.1:4222');
  expect(inspect(config) + JSON.stringify(config)).not.toContain('secret');
});

test.each([
  ['http://127.0.0.1:4222', 'is not a URL of the form'],
  ['secret', 'is not a URL of the form'],
  ['', 'is not set'],
])('refuses %j without repeating it', (NATS_URL, problem) => {
  const load = () => loadNatsConfig('user-service', { NATS_URL });
  expect(load).toThrow(ConfigError);
  expect(load).toThrow(problem);
  expect(load).not.toThrow('secret');
});

test('takes the credentials out of the address, which the client would not', () => {
  expect(
    connectionOptions('nats://app:p%40ss@10.0.0.1:4222,nats://10.0.0.2:4222', 'user-service'),
  ).toMatchObject({
    ...{ servers: ['10.0.0.1:4222', '10.0.0.2:4222'], user: 'app', pass: 'p@ss', name: 'user-service' },
    maxReconnectAttempts: -1,
  });
});

test('asks for TLS where the address does', () => {
  expect(connectionOptions('tls://10.0.0.1:4222', 'user-service')).toMatchObject({ tls: {} });
});
