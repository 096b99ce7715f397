/**
 * Services whose every half-done migration would show: each makes a table, fills it, dawdles, indexes it and fills it
 * further. They depend on each other as projects and through a dependsOn, back and forth:
 *
 *   user      U1 -> U2 -------------> U3
 *                     \              /  \
 *   training           `-> T1 -> T2 '    `-> T3          calendar   C1 -> C2
 */
import type { DatabaseFacts } from './database-facts';
import type { MigrationSpec } from './migration-source';
import type { ServiceSpec } from './fixture-workspace';
import { classNameOf } from './migration-source';

const ROWS_BEFORE = 30;
const ROWS_AFTER = 12;
/** How long each migration takes in its middle. */
export const DAWDLE_MS = 120;

function telltale(table: string, more: Partial<MigrationSpec> = {}): MigrationSpec {
  return {
    up: [
      `CREATE TABLE ${table} (id int NOT NULL)`,
      `INSERT INTO ${table} SELECT generate_series(1, ${ROWS_BEFORE})`,
      `SELECT pg_sleep(${DAWDLE_MS / 1_000})`,
      `CREATE INDEX ${table}_by_id ON ${table} (id)`,
      `INSERT INTO ${table} SELECT generate_series(1, ${ROWS_AFTER})`,
    ],
    ...more,
  };
}

export const KILL_SERVICES = {
  'user-service': {
    migrations: {
      '1700000000001-U1': telltale('u1'),
      '1700000000002-U2': telltale('u2'),
      '1700000000003-U3': telltale('u3', { dependsOn: ['training-service:T2'] }),
    },
  },
  'training-service': {
    dependsOn: ['user-service'],
    migrations: {
      '1700000000001-T1': telltale('t1'),
      '1700000000002-T2': telltale('t2'),
      '1700000000003-T3': telltale('t3'),
    },
  },
  'calendar-service': {
    migrations: { '1700000000001-C1': telltale('c1'), '1700000000002-C2': telltale('c2') },
  },
} satisfies Record<string, ServiceSpec>;

/** Which migration may be there only if another is. */
export const KILL_ORDER: readonly (readonly [later: string, earlier: string])[] = (
  [
    ['1700000000001-T1', '1700000000002-U2'],
    ['1700000000003-U3', '1700000000002-T2'],
    ['1700000000003-T3', '1700000000003-U3'],
  ] as const
).map(([later, earlier]) => [classNameOf(later), classNameOf(earlier)] as const);

/** The names of a service's migrations, in order. */
export function namesOf(service: keyof typeof KILL_SERVICES): string[] {
  return Object.keys(KILL_SERVICES[service].migrations).map(classNameOf);
}

/** What a database must look like when exactly these migrations were applied, each once and whole. */
export function factsAfter(applied: readonly string[]): DatabaseFacts {
  const tables = applied.map((name) => name.slice(0, 2).toLowerCase());
  return {
    rows: Object.fromEntries(tables.map((table) => [table, ROWS_BEFORE + ROWS_AFTER])),
    indexes: tables.map((table) => `${table}_by_id`),
    ledger: applied,
    history: applied.map((name) => `up ${name}`),
  };
}
