import { inspect } from 'node:util';
import { ConfigError } from './config-error';
import { loadDatabaseConfig } from './database.config';

const load = (env: NodeJS.ProcessEnv) => loadDatabaseConfig('user-service', env);
const url = 'postgres://u:hush@db/people';

it('has safe defaults', () => {
  expect({ ...load({ USER_SERVICE_DATABASE_URL: url }) }).toEqual({
    url,
    poolSize: 10,
    connectTimeoutMs: 5_000,
    statementTimeoutMs: 30_000,
    lockTimeoutMs: 10_000,
    idleInTransactionTimeoutMs: 60_000,
    applicationName: undefined,
    tls: false,
    tlsCa: undefined,
    tlsRejectUnauthorized: true,
  });
});

it('reads every setting', () => {
  const config = load({
    DATABASE_URL: 'postgres://db/x',
    DATABASE_POOL_SIZE: '3',
    DATABASE_CONNECT_TIMEOUT_MS: '0',
    DATABASE_STATEMENT_TIMEOUT_MS: '1',
    DATABASE_LOCK_TIMEOUT_MS: '2',
    DATABASE_IDLE_IN_TRANSACTION_TIMEOUT_MS: '4',
    DATABASE_APPLICATION_NAME: 'users-blue',
    DATABASE_TLS: 'true',
    DATABASE_TLS_CA: '-----BEGIN CERTIFICATE-----',
    DATABASE_TLS_REJECT_UNAUTHORIZED: 'false',
  });
  expect({ ...config }).toEqual({
    url: 'postgres://db/user_service',
    poolSize: 3,
    connectTimeoutMs: 0,
    statementTimeoutMs: 1,
    lockTimeoutMs: 2,
    idleInTransactionTimeoutMs: 4,
    applicationName: 'users-blue',
    tls: true,
    tlsCa: '-----BEGIN CERTIFICATE-----',
    tlsRejectUnauthorized: false,
  });
});

it('says which variables to set, and how to do without, when there is no URL', () => {
  expect(() => load({})).toThrow(
    new ConfigError(
      [{ variable: 'USER_SERVICE_DATABASE_URL', problem: 'is not set, and neither is DATABASE_URL' }],
      'Set one of them to a PostgreSQL URL, or run `nx run user-service:serve`, which starts the embedded server.',
    ),
  );
});

it('reports a bad URL together with every other fault', () => {
  expect(() => load({ DATABASE_URL: 'mysql://x', DATABASE_POOL_SIZE: '0', DATABASE_TLS: 'perhaps' })).toThrow(
    expect.objectContaining({
      faults: [
        expect.objectContaining({ variable: 'DATABASE_URL' }),
        expect.objectContaining({ variable: 'DATABASE_POOL_SIZE' }),
        expect.objectContaining({ variable: 'DATABASE_TLS' }),
      ],
    }),
  );
});

it('does not print the URL, which holds a password', () => {
  expect(inspect(load({ USER_SERVICE_DATABASE_URL: url }))).not.toContain('hush');
});
