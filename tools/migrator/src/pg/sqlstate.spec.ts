import { QueryFailedError } from 'typeorm';
import { isRetryable, sqlstateOf } from './sqlstate';

const pgError = (code: string) => Object.assign(new Error('message'), { code });

it('finds the SQLSTATE of an error of pg, and of TypeORM around one', () => {
  expect(sqlstateOf(pgError('55P03'))).toBe('55P03');
  expect(sqlstateOf(new QueryFailedError('select', [], pgError('42P01')))).toBe('42P01');
});

it.each([undefined, null, 'a string', new Error('none'), pgError('ECONNREFUSED'), { code: 42 }])(
  'finds none in %p',
  (error) => {
    expect(sqlstateOf(error)).toBeUndefined();
  },
);

it('tries again what another session can have caused, and nothing else', () => {
  expect(['55P03', '40P01', '40001'].map((code) => isRetryable(pgError(code)))).toEqual([true, true, true]);
  expect(['42601', '23505', '53100', '57P01'].map((code) => isRetryable(pgError(code)))).toEqual([
    false,
    false,
    false,
    false,
  ]);
});
