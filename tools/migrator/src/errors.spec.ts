import { MigratorError, toReportedError } from './errors';

it('reports a code and a message, and neither cause nor stack', () => {
  const error = new MigratorError('CANNOT_CONNECT', 'user-service: no server', {
    cause: new Error('postgres://u:secret@h'),
  });
  expect(toReportedError(error)).toEqual({ code: 'CANNOT_CONNECT', message: 'user-service: no server' });
});

it.each([
  [new TypeError('x is not a function'), 'x is not a function'],
  ['thrown as a string', 'thrown as a string'],
  [undefined, 'undefined'],
])('reports what is not ours as unexpected: %p', (thrown, message) => {
  expect(toReportedError(thrown)).toEqual({ code: 'UNEXPECTED', message });
});
