import {
  BadRequestException,
  HttpException,
  InternalServerErrorException,
  NotFoundException,
} from '@nestjs/common';
import { EntityNotFoundError, OptimisticLockVersionMismatchError, QueryFailedError } from 'typeorm';
import { ProblemException } from './problem';
import { toProblem } from './to-problem';

const sqlError = (code: string, constraint?: string) =>
  new QueryFailedError(
    'SELECT 1',
    ['hush'],
    Object.assign(new Error('hush'), { code, constraint, detail: 'hush' }),
  );

it.each([
  ['23505', 'POST', 409, 'ALREADY_EXISTS'],
  ['23P01', 'POST', 409, 'ALREADY_EXISTS'],
  ['23503', 'POST', 422, 'REFERENCE_NOT_FOUND'],
  ['23503', 'DELETE', 409, 'STILL_REFERENCED'],
  ['23001', 'PATCH', 422, 'REFERENCE_NOT_FOUND'],
  ['23001', 'DELETE', 409, 'STILL_REFERENCED'],
  ['23514', 'PATCH', 422, 'CHECK_FAILED'],
  ['23502', 'POST', 422, 'REQUIRED'],
  ['22P02', 'GET', 400, 'VALUE_NOT_ACCEPTED'],
  ['22003', 'POST', 400, 'VALUE_NOT_ACCEPTED'],
  ['40001', 'POST', 409, 'CONCURRENT_CHANGE'],
  ['40P01', 'POST', 409, 'CONCURRENT_CHANGE'],
  ['55P03', 'POST', 503, 'DATABASE_BUSY'],
  ['57014', 'GET', 503, 'DATABASE_BUSY'],
  ['57P01', 'GET', 503, 'DATABASE_UNAVAILABLE'],
  ['08006', 'GET', 503, 'DATABASE_UNAVAILABLE'],
  ['53300', 'GET', 503, 'DATABASE_UNAVAILABLE'],
  ['ECONNREFUSED', 'GET', 503, 'DATABASE_UNAVAILABLE'],
  ['42703', 'GET', 500, 'INTERNAL_ERROR'],
  ['XX000', 'GET', 500, 'INTERNAL_ERROR'],
])('SQLSTATE %s in a %s is %i %s, without a value of the row', (sqlState, method, status, code) => {
  const problem = toProblem(sqlError(sqlState), method);
  expect(problem).toMatchObject({ status, code });
  expect(JSON.stringify(problem)).not.toContain('hush');
});

it('names the constraint that was broken', () => {
  expect(toProblem(sqlError('23505', 'uq_users_email'), 'POST')).toMatchObject({
    constraint: 'uq_users_email',
  });
});

it.each([
  [new EntityNotFoundError('User', {}), 404, 'NOT_FOUND'],
  [new OptimisticLockVersionMismatchError('User', 1, 2), 409, 'VERSION_CONFLICT'],
  [new NotFoundException('No such team.'), 404, 'NOT_FOUND'],
  [Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), 503, 'DATABASE_UNAVAILABLE'],
  [Object.assign(new Error('too large'), { status: 413, expose: true }), 413, 'PAYLOAD_TOO_LARGE'],
  [new HttpException('short and stout', 418), 418, 'I_M_A_TEAPOT'],
])('%s has its status and its code', (error, status, code) => {
  expect(toProblem(error, 'GET')).toMatchObject({ status, code });
});

it('carries what an exception of Nest says, one fault or several', () => {
  expect(toProblem(new BadRequestException('Not a uuid.'), 'GET')).toEqual({
    type: 'about:blank',
    title: 'Bad Request',
    status: 400,
    code: 'BAD_REQUEST',
    detail: 'Not a uuid.',
  });
  expect(toProblem(new BadRequestException(['a', 'b']), 'GET').errors).toEqual([
    { field: '', detail: 'a' },
    { field: '', detail: 'b' },
  ]);
});

it("carries a service's own problem with its members", () => {
  const exception = new ProblemException(409, { code: 'TEAM_FULL', title: 'Team full', limit: 25 });
  expect(exception).toMatchObject({ code: 'TEAM_FULL', message: 'Team full' });
  expect(toProblem(exception, 'POST')).toEqual({
    type: 'about:blank',
    title: 'Team full',
    status: 409,
    code: 'TEAM_FULL',
    limit: 25,
  });
});

it.each([
  new Error('hush'),
  new InternalServerErrorException('hush'),
  Object.assign(new Error('hush'), { status: 500, expose: true }),
  Object.assign(new Error('hush'), { status: 404 }),
  'hush',
  undefined,
  null,
])('says nothing of the inside: %p', (error) => {
  const problem = toProblem(error, 'GET');
  expect(problem.status).toBe(500);
  expect(JSON.stringify(problem)).not.toContain('hush');
});
