import { loadHttpConfig } from './http.config';

it('listens on loopback unless told otherwise', () => {
  expect({ ...loadHttpConfig({}) }).toEqual({
    port: 3000,
    host: '127.0.0.1',
    corsOrigins: [],
    bodyLimit: '100kb',
    shutdownTimeoutMs: 10_000,
    logLevel: 'info',
  });
});

it.each([
  ['its own port', {}, 3001],
  ['its own port when the variable is empty', { PORT: ' ' }, 3001],
  ['the port it is told', { PORT: '4000' }, 4000],
])('lets a service listen on %s', (_what, env, port) => {
  expect(loadHttpConfig(env, { port: 3001 })).toMatchObject({ port, host: '127.0.0.1' });
});

it('validates the default of a service too', () => {
  expect(() => loadHttpConfig({}, { port: 70_000 })).toThrow(
    expect.objectContaining({ faults: [expect.objectContaining({ variable: 'PORT' })] }),
  );
});

it('reads every setting', () => {
  const config = loadHttpConfig({
    PORT: '0',
    HOST: '0.0.0.0',
    CORS_ORIGINS: 'https://app.example, http://localhost:4200',
    BODY_LIMIT: '2mb',
    SHUTDOWN_TIMEOUT_MS: '500',
    LOG_LEVEL: 'debug',
  });
  expect({ ...config }).toEqual({
    port: 0,
    host: '0.0.0.0',
    corsOrigins: ['https://app.example', 'http://localhost:4200'],
    bodyLimit: '2mb',
    shutdownTimeoutMs: 500,
    logLevel: 'debug',
  });
});

it.each([
  ['PORT', '65536'],
  ['PORT', 'http'],
  ['CORS_ORIGINS', '*'],
  ['CORS_ORIGINS', 'https://app.example,ftp://x'],
  ['BODY_LIMIT', 'big'],
  ['SHUTDOWN_TIMEOUT_MS', '-1'],
  ['LOG_LEVEL', 'loud'],
])('refuses %s=%s', (variable, value) => {
  expect(() => loadHttpConfig({ [variable]: value })).toThrow(
    expect.objectContaining({ faults: [expect.objectContaining({ variable })] }),
  );
});
