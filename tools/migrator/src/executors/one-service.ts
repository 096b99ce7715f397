/** Verbs that write a file, or replace a database, work on one service. */
import { MigratorError } from '../errors';
import type { Service } from '../model';
import type { Invocation } from './verb';

/**
 * @param why only one, for the error
 * @throws MigratorError BAD_OPTION, SERVICE_NOT_FOUND
 */
export function oneService(
  { config, services }: Invocation<unknown>,
  why = 'a migration belongs to one',
): Service {
  const [name, ...others] = services;
  if (name === undefined || others.length > 0) {
    throw new MigratorError('BAD_OPTION', `name exactly one service: ${why}.`);
  }
  const service = config.services.find((candidate) => candidate.name === name);
  if (service) return service;
  throw new MigratorError('SERVICE_NOT_FOUND', `there is no service ${name}.`);
}
