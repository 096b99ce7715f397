/**
 * Fills two empty databases with what a legacy club has. All rows are made inside Postgres, both databases at the same time,
 * and committed together at the end, so a run that breaks off leaves nothing. The same options make the same rows, on
 * every server and version.
 */
import type { Client } from 'pg';
import { countsOf, dirtAskedFor, type DirtCounts, type DirtKind, type DirtRequest } from './dirt';
import { dirtyRowsOf } from './dirty-rows';
import { Draw } from './draw';
import { LegacyClubsError } from './errors';
import { openLegacyDatabase, requireEmpty } from './legacy-database';
import { legacyTablesAndRulesOf, type LegacyService } from './legacy-schema';
import { BLOCK, GAP, populationOf, userNumber, type Population } from './population';
import { trainingRows } from './training-rows';
import { userRows } from './user-rows';

export interface SeedOptions {
  readonly userUrl: string;
  readonly trainingUrl: string;
  /** At least 20. */
  readonly users: number;
  /** 0 to 2147483647; 1 when left out. */
  readonly seed?: number;
  /** `true` when left out: real data are dirty. */
  readonly dirt?: DirtRequest;
  /** Over both databases, half of them in each; 10 when left out, at least 1. */
  readonly referringRowsPerUser?: number;
  /** What expires, was scheduled or happened, did so around this moment; 1 October 2026 when left out. */
  readonly at?: Date;
}

export interface SeededClubs {
  readonly users: number;
  /** Rows that refer to at least one user, in both databases. */
  readonly referringRows: number;
  /** Rows by service and table. */
  readonly rows: Readonly<Record<LegacyService, Readonly<Record<string, number>>>>;
  /** What is wrong in them; less than asked for where there were not enough rows. */
  readonly dirt: DirtCounts;
}

const LARGEST_SEED = 2 ** 31 - 1;
const SOME_AUTUMN = new Date('2026-10-01T00:00:00Z');
const SERVICES: readonly LegacyService[] = ['user-service', 'training-service'];

/** @throws LegacyClubsError INVALID_OPTION, CANNOT_CONNECT, DATABASE_NOT_EMPTY; what Postgres throws */
export async function seedLegacyClubs(options: SeedOptions): Promise<SeededClubs> {
  const { users, seed = 1, dirt = true, referringRowsPerUser = 10, at = SOME_AUTUMN } = options;
  requireInteger('users', users, BLOCK, 100_000_000);
  requireInteger('seed', seed, 0, LARGEST_SEED);
  if (!(referringRowsPerUser >= 1 && referringRowsPerUser <= 1000)) {
    throw new LegacyClubsError(
      'INVALID_OPTION',
      `referringRowsPerUser is ${referringRowsPerUser}; it must be a number from 1 to 1000.`,
    );
  }
  const plan: Plan = {
    population: populationOf(users, referringRowsPerUser),
    draw: new Draw(seed),
    dirt: dirtAskedFor(dirt, users),
    at,
  };
  const clients: Client[] = [];
  try {
    for (const service of SERVICES) {
      clients.push(
        await openLegacyDatabase(service, service === 'user-service' ? options.userUrl : options.trainingUrl),
      );
    }
    const filling = clients.map((client, index) => fill(SERVICES[index]!, client, plan));
    // Both have to end before their sessions do.
    await Promise.allSettled(filling);
    const filled = await Promise.all(filling);
    for (const client of clients) await client.query('COMMIT');
    // Statistics, and the visibility map, as a database has that has been there for a while.
    await Promise.all(
      clients.map((client, index) => client.query(`VACUUM (ANALYZE) ${tableNames(SERVICES[index]!)}`)),
    );
    return summary(users, filled);
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}

interface Plan {
  readonly population: Population;
  readonly draw: Draw;
  readonly dirt: DirtCounts;
  readonly at: Date;
}

interface Filled {
  readonly rows: Readonly<Record<string, number>>;
  readonly referringRows: number;
  readonly dirt: Partial<Record<DirtKind, number>>;
}

/** Leaves its transaction open. */
async function fill(
  service: LegacyService,
  client: Client,
  { population, draw, dirt, at }: Plan,
): Promise<Filled> {
  await requireEmpty(service, client);
  await client.query('BEGIN');
  await client.query(`SET LOCAL jit = off`);
  // The literals of intervals and dates are read the same everywhere.
  await client.query(`SET LOCAL timezone = 'UTC'`);
  const { tables, rules } = legacyTablesAndRulesOf(service);
  for (const sql of tables) await client.query(sql);
  const make = service === 'user-service' ? userRows : trainingRows;
  for (const sql of make(population, draw)) {
    await client.query(sql, sql.includes('$1::') ? [at.toISOString()] : []);
  }
  // The changes of the dirt are found by key, and the constraints prove that it breaks none.
  for (const sql of rules) await client.query(sql);
  // By name: all of them would be the server's own tables, too, which the session next door waits for.
  await client.query(`ANALYZE ${tableNames(service)}`);
  const made: Partial<Record<DirtKind, number>> = {};
  for (const { kind, sql } of dirtyRowsOf(service, population, draw, dirt)) {
    if (dirt[kind] > 0) made[kind] = (await client.query(sql)).rowCount ?? 0;
  }
  if (service === 'user-service') {
    // Nobody gets a number of somebody who is gone.
    await client.query(
      `SELECT setval('users_id_seq', greatest(${userNumber(`${population.users}`)}, ${population.gone * GAP}))`,
    );
  }
  return { ...(await count(client, service)), dirt: made };
}

const TABLES: Readonly<Record<LegacyService, Readonly<Record<string, string>>>> = {
  'user-service': {
    users: 'false',
    sessions: 'true',
    parent_links: 'true',
    audit_entries: '"actorId" IS NOT NULL',
  },
  'training-service': {
    workout_sessions: 'true',
    workout_assignments: 'true',
    player_workout_loads: 'true',
    notes: `"subjectType" = 'user'`,
  },
};

const tableNames = (service: LegacyService) =>
  Object.keys(TABLES[service])
    .map((table) => `"${table}"`)
    .join(', ');

async function count(client: Client, service: LegacyService): Promise<Omit<Filled, 'dirt'>> {
  const rows: Record<string, number> = {};
  let referringRows = 0;
  for (const [table, refers] of Object.entries(TABLES[service])) {
    const { rows: counted } = await client.query<{ all: string; referring: string }>(
      `SELECT count(*) AS "all", count(*) FILTER (WHERE ${refers}) AS "referring" FROM "${table}"`,
    );
    rows[table] = Number(counted[0]!.all);
    referringRows += Number(counted[0]!.referring);
  }
  return { rows, referringRows };
}

function summary(users: number, filled: readonly Filled[]): SeededClubs {
  const [user, training] = filled as readonly [Filled, Filled];
  const dirt = { ...user.dirt, ...training.dirt };
  return {
    users,
    referringRows: user.referringRows + training.referringRows,
    rows: { 'user-service': user.rows, 'training-service': training.rows },
    dirt: countsOf((kind) => dirt[kind] ?? 0),
  };
}

function requireInteger(name: string, value: number, min: number, max: number): void {
  if (Number.isSafeInteger(value) && value >= min && value <= max) return;
  throw new LegacyClubsError(
    'INVALID_OPTION',
    `${name} is ${value}; it must be an integer from ${min} to ${max}.`,
  );
}
