/**
 * Where a migration finds the databases of other services: the id maps of a conversion are copied from their owner's. Whoever runs
 * migrations somewhere else than in the services' own databases says so; it lies in the query runner's `data`, as the
 * progress of fills does.
 */
import type { QueryRunner } from 'typeorm';

/** @returns a URL; undefined where that service has no database, as beside a scratch database */
export type DatabaseOf = (service: string) => Promise<string | undefined>;

const KEY = 'hockeyHubOtherDatabases';

type Data = { [KEY]?: DatabaseOf };

/** For a scratch database: there are no others. */
export const noOtherDatabases: DatabaseOf = async () => undefined;

/** For who runs migrations. */
export function tellOtherDatabases({ data }: QueryRunner, databaseOf: DatabaseOf): void {
  (data as Data)[KEY] = databaseOf;
}

/** For migrations. @returns undefined when nobody said: then they are where the environment says */
export function otherDatabasesOf({ data }: QueryRunner): DatabaseOf | undefined {
  return (data as Data)[KEY];
}
