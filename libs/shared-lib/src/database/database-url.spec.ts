import { ConfigError } from '../config/config-error';
import { databaseNameOf, databaseUrlVariableOf, resolveDatabaseUrl } from './database-url';

const resolve = (env: NodeJS.ProcessEnv) => resolveDatabaseUrl('user-service', env);
const failure = (env: NodeJS.ProcessEnv): ConfigError => {
  try {
    resolve(env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('nothing failed');
};

it('names databases and variables for their service', () => {
  expect(databaseNameOf('user-service')).toBe('user_service');
  expect(databaseUrlVariableOf('user-service')).toBe('USER_SERVICE_DATABASE_URL');
});

it("prefers the service's own URL, whole", () => {
  const own = 'postgres://u:p@db:5433/people?sslmode=require';
  expect(resolve({ USER_SERVICE_DATABASE_URL: own, DATABASE_URL: 'postgres://h/x' })).toBe(own);
});

it.each([
  ['postgres://u:p@db:5433/anything', 'postgres://u:p@db:5433/user_service'],
  ['postgresql://db', 'postgresql://db/user_service'],
  ['postgres://db/x?sslmode=require', 'postgres://db/user_service?sslmode=require'],
  ['postgres://u:p%40ss@db/', 'postgres://u:p%40ss@db/user_service'],
  ['postgres:///x?host=/run/postgresql', 'postgres:///user_service?host=/run/postgresql'],
  ['postgres://u@/x?host=/run/postgresql', 'postgres://u@/user_service?host=/run/postgresql'],
])('else its own database on the shared server: %s', (shared, expected) => {
  expect(resolve({ DATABASE_URL: shared })).toBe(expected);
});

it.each([{}, { DATABASE_URL: '' }, { USER_SERVICE_DATABASE_URL: ' ', DATABASE_URL: '' }])(
  'else nothing; empty counts as not set: %j',
  (env) => {
    expect(resolve(env)).toBeUndefined();
  },
);

it.each([
  ['DATABASE_URL', 'mysql://u:hush@db/x'],
  ['DATABASE_URL', 'u:hush@db'],
  ['DATABASE_URL', 'postgres://u:hush@db:port/x'],
  ['USER_SERVICE_DATABASE_URL', 'postgres://u:hush@[::1/x'],
  ['USER_SERVICE_DATABASE_URL', 'postgres://u:hush@db/'],
])('refuses %s=%s by the name of the variable, without the password', (variable, value) => {
  const error = failure({ [variable]: value });
  expect(error.code).toBe('CONFIG_INVALID');
  expect(error.faults).toEqual([{ variable, problem: expect.any(String) }]);
  expect(`${error.stack}${JSON.stringify(error)}${String(error.cause)}`).not.toContain('hush');
});
