/** One question to the database of each service asked for. A database that does not exist has no answer, and is no fault. */
import pLimit from 'p-limit';
import type { MigratorConfig } from '../config';
import { toServiceError } from '../errors';
import { connectIfExists } from '../pg/create-database';
import { queryOf, type Query } from '../pg/query';
import { refuseUnknown } from '../read/read-state';

export interface DatabaseAnswers<T> {
  /** In the order of the services. */
  readonly answers: readonly { readonly service: string; readonly answer: T }[];
  /** Why a service has none, by service. */
  readonly failures: ReadonlyMap<string, string>;
}

/** @throws MigratorError SERVICE_NOT_FOUND */
export async function inDatabases<T>(
  config: MigratorConfig,
  services: readonly string[],
  ask: (query: Query, service: string) => Promise<T>,
): Promise<DatabaseAnswers<T>> {
  refuseUnknown(config, services);
  const limit = pLimit(config.parallel);
  const failures = new Map<string, string>();
  const answers = await Promise.all(
    services.map((service) =>
      limit(async () => {
        try {
          const client = await connectIfExists(await config.databaseUrl(service), service);
          if (!client) return [];
          try {
            return [{ service, answer: await ask(queryOf(client), service) }];
          } finally {
            await client.end();
          }
        } catch (error) {
          failures.set(service, toServiceError(service, error).message);
          return [];
        }
      }),
    ),
  );
  return { answers: answers.flat(), failures };
}
