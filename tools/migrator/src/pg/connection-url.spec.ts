import { MigratorError } from '../errors';
import { databaseName, describeUrl, withDatabase } from './connection-url';

it.each([
  ['postgres://u:p@db.example:5432/user_service', 'user_service', 'db.example:5432/user_service'],
  ['postgresql://db/user_service?sslmode=require', 'user_service', 'db/user_service'],
  ['postgres://u:p%40ss%2F@[::1]:6000/a', 'a', '[::1]:6000/a'],
  ['postgres://u:p@db/My%20Club', 'My Club', 'db/My Club'],
  ['postgres://u@/a?host=/run/postgresql', 'a', '/run/postgresql/a'],
  ['postgres:///a?host=/run/postgresql', 'a', '/run/postgresql/a'],
  ['postgres:///a', 'a', 'local socket/a'],
])('%s: the database %s, shown as %s', (url, database, shown) => {
  expect(databaseName(url, 'user-service')).toBe(database);
  expect(describeUrl(url, 'user-service')).toBe(shown);
});

it.each([
  ['postgres://u:p%40ss@db:5432/a?sslmode=require', 'b', 'postgres://u:p%40ss@db:5432/b?sslmode=require'],
  ['postgres://u@/a?host=/run/postgresql', 'b', 'postgres://u@/b?host=/run/postgresql'],
  ['postgres:///a?host=/run/postgresql', 'b', 'postgres:///b?host=/run/postgresql'],
  ['postgres://db/a', 'My Club/#1?', 'postgres://db/My%20Club%2F%231%3F'],
])('puts another database into %s', (url, database, expected) => {
  const changed = withDatabase(url, database, 'user-service');
  expect(changed).toBe(expected);
  expect(databaseName(changed, 'user-service')).toBe(database);
});

it.each([
  'postgres://db',
  'postgres://db/',
  'mysql://db/a',
  'db/a',
  '',
  'postgres://u:secret@word@db:port/a',
  'postgres://u:secret@db/%zz',
])('refuses "%s", naming the service and no password', (url) => {
  const read = () => databaseName(url, 'user-service');
  expect(read).toThrow(MigratorError);
  expect(read).toThrow(expect.objectContaining({ code: 'BAD_DATABASE_URL' }));
  expect(read).toThrow('user-service has a database URL that cannot be read.');
  expect(read).not.toThrow('secret');
});

it('never shows credentials', () => {
  expect(describeUrl('postgres://admin:secret@db/a?password=hush', 'user-service')).toBe('db/a');
});
