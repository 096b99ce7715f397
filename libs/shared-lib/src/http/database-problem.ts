import { EntityNotFoundError, OptimisticLockVersionMismatchError, QueryFailedError } from 'typeorm';
import { isDatabaseAway } from '../database/is-database-away';
import { problem, type Problem } from './problem';

/** The fields of pg's DatabaseError that are used; its message is not, since it repeats the row's values. */
interface PostgresError {
  readonly code?: string;
  readonly constraint?: string;
}

type Answer = readonly [status: number, code: string, detail: string];

/** By SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html */
const answers: Readonly<Record<string, Answer>> = {
  '23502': [422, 'REQUIRED', 'A value that the row must have is missing.'],
  '23505': [409, 'ALREADY_EXISTS', 'Another row has the same values already.'],
  '23514': [422, 'CHECK_FAILED', 'The values break a rule of the data.'],
  '23P01': [409, 'ALREADY_EXISTS', 'Another row excludes these values.'],
  '40001': [409, 'CONCURRENT_CHANGE', 'Another request changed the same rows. Send the request again.'],
  '40P01': [409, 'CONCURRENT_CHANGE', 'Another request changed the same rows. Send the request again.'],
  '53300': [503, 'DATABASE_UNAVAILABLE', 'The database has no connection left. Try again later.'],
  '55P03': [503, 'DATABASE_BUSY', 'The rows are locked. Try again later.'],
  '57014': [503, 'DATABASE_BUSY', 'The database took too long. Try again later.'],
};

/** By the class of the SQLSTATE (its first two characters), where the code itself is not listed. */
const answersByClass: Readonly<Record<string, Answer>> = {
  '08': [503, 'DATABASE_UNAVAILABLE', 'The database cannot be reached. Try again later.'],
  '22': [400, 'VALUE_NOT_ACCEPTED', 'A value has a form that the database does not accept.'],
};

/**
 * A foreign key that fails. Since Postgres 18 one that says RESTRICT has a code of its own (23001); before, and with
 * NO ACTION, it is 23503.
 */
const FOREIGN_KEY_CODES = new Set(['23503', '23001']);

/**
 * The problem behind an error of TypeORM or of the database, or undefined when it is none that a client caused or
 * may hear about.
 *
 * A foreign key that fails means, in a DELETE, that something still refers to the row (409), and elsewhere that
 * what the request refers to does not exist (422).
 */
export function databaseProblem(error: unknown, method: string): Problem | undefined {
  if (error instanceof EntityNotFoundError) {
    return problem(404, { code: 'NOT_FOUND', detail: 'There is no such row.' });
  }
  if (error instanceof OptimisticLockVersionMismatchError) {
    return problem(409, {
      code: 'VERSION_CONFLICT',
      detail: 'The row has changed since it was read. Read it again and repeat the change.',
    });
  }
  const { code, constraint } = (
    error instanceof QueryFailedError ? error.driverError : error
  ) as PostgresError;
  if (isDatabaseAway(error)) return answerProblem(answers[code ?? ''] ?? answersByClass['08']!);
  if (typeof code !== 'string' || !(error instanceof QueryFailedError)) return undefined;
  if (FOREIGN_KEY_CODES.has(code)) return foreignKeyProblem(method, constraint);

  const answer = answers[code] ?? answersByClass[code.slice(0, 2)];
  return answer && answerProblem(answer, constraint);
}

function foreignKeyProblem(method: string, constraint: string | undefined): Problem {
  return method === 'DELETE'
    ? answerProblem([409, 'STILL_REFERENCED', 'Other rows still refer to this one.'], constraint)
    : answerProblem(
        [422, 'REFERENCE_NOT_FOUND', 'The values refer to a row that does not exist.'],
        constraint,
      );
}

function answerProblem([status, code, detail]: Answer, constraint?: string): Problem {
  return problem(status, { code, detail, ...(constraint && { constraint }) });
}
