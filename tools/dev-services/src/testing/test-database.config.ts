import { DevServicesError } from '../errors';
import { defaultPostgresMajor, postgresMajors, type PostgresMajor } from '../postgres/model';

/**
 * The version TEST_POSTGRES_MAJOR asks for, 18 without it.
 * @throws DevServicesError INVALID_OPTION
 */
export function testPostgresMajor(): PostgresMajor {
  const asked = process.env['TEST_POSTGRES_MAJOR'];
  if (!asked) return defaultPostgresMajor;
  const major = postgresMajors.find((known) => String(known) === asked);
  if (major) return major;
  const message = `TEST_POSTGRES_MAJOR is "${asked}"; set it to one of ${postgresMajors.join(', ')}`;
  throw new DevServicesError('INVALID_OPTION', message);
}

/** The server that the caller wants the tests to use; undefined when none is named. */
export function givenTestDatabaseUrl(): string | undefined {
  return process.env['TEST_DATABASE_URL']?.trim() || undefined;
}

/** Where tests find their server: Jest hands the environment on to its workers. */
export function publishTestDatabaseUrl(url: string): void {
  process.env['TEST_DATABASE_URL'] = url;
}

/** Undoes publishTestDatabaseUrl, for when the server is gone. */
export function withdrawTestDatabaseUrl(): void {
  delete process.env['TEST_DATABASE_URL'];
}
