/**
 * The services most tests need, small:
 *
 *   user-service <- training-service        calendar-service, which nobody depends on and which depends on nobody
 *
 * and the migrations to put in them.
 */
import type { ServiceSpec } from './fixture-workspace';
import type { MigrationSpec } from './migration-source';

/** Rows that `createTable` puts into its table. */
export const ROWS = 10;

/** A table with rows, so that half of it would be seen. */
export function createTable(name: string, more: Partial<MigrationSpec> = {}): MigrationSpec {
  return {
    up: [
      `CREATE TABLE ${name} (id int PRIMARY KEY)`,
      `INSERT INTO ${name} SELECT generate_series(1, ${ROWS})`,
    ],
    down: [`DROP TABLE ${name}`],
    ...more,
  };
}

/** @param replaced services that differ from the plain ones, or come besides them */
export function clubServices(replaced: Record<string, ServiceSpec> = {}): Record<string, ServiceSpec> {
  return {
    'user-service': { migrations: { '1700000000001-AddUsers': createTable('users') } },
    'training-service': {
      dependsOn: ['user-service'],
      migrations: { '1700000000002-AddWorkouts': createTable('workouts') },
    },
    'calendar-service': { migrations: { '1700000000003-AddEvents': createTable('events') } },
    ...replaced,
  };
}
