/** A server that one test has to itself, because it breaks it. */
import type { TemporaryPostgres, TemporaryPostgresOptions } from '@hockey-hub/dev-services';

/** Loaded when it is needed, as in the migrator itself. The caller stops it. */
export async function startOwnServer(options?: TemporaryPostgresOptions): Promise<TemporaryPostgres> {
  const { startTemporaryPostgres } = await import('@hockey-hub/dev-services');
  return startTemporaryPostgres(options);
}
