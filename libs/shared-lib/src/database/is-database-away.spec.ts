import { DatabaseError } from 'pg';
import { QueryFailedError } from 'typeorm';
import { isDatabaseAway } from './is-database-away';

const withCode = <T extends Error>(error: T, code: string): T => Object.assign(error, { code });
const failed = (cause: Error) => new QueryFailedError('SELECT 1', [], cause);
const fromServer = (code: string) => withCode(new DatabaseError('no', 1, 'error'), code);

test.each<[string, unknown]>([
  ['a refused connection', withCode(new Error('connect'), 'ECONNREFUSED')],
  ['a server that starts', fromServer('57P03')],
  ['a query that was cut off by the server', failed(fromServer('57P01'))],
  ['a query whose connection ended', failed(new Error('Connection terminated unexpectedly'))],
  ['a full disk', failed(fromServer('53100'))],
])("%s is nobody's fault", (_what, error) => expect(isDatabaseAway(error)).toBe(true));

test.each<[string, unknown]>([
  ['a broken rule', failed(fromServer('23505'))],
  ['a statement that took too long', failed(fromServer('57014'))],
  ['what a handler threw', new Error('cannot bear it')],
  ['an error of somebody else with such a code', withCode(new Error('no'), '08006')],
  ['nothing', undefined],
])('%s is not the connection', (_what, error) => expect(isDatabaseAway(error)).toBe(false));
