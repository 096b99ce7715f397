/**
 * SIGKILL at random moments, from the start of a migrator to its end. Whatever the moment: what the ledger says is
 * what the schema and the rows say, and the next run finishes. MIGRATOR_TEST_SEED repeats an earlier run's moments.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import { APPLICATION_NAME, withConnection } from '../pg/connect';
import { databaseName } from '../pg/connection-url';
import { databaseFacts } from '../testing/database-facts';
import { createFixtureWorkspace, type FixtureWorkspace } from '../testing/fixture-workspace';
import { DAWDLE_MS, factsAfter, KILL_ORDER, KILL_SERVICES, namesOf } from '../testing/kill-scenario';
import { randomSeed, testServerUrl } from '../testing/migrator-tests.config';
import { Random } from '../scratch/random';

const KILLS = 100;
const AT_ONCE = 4;
/** The facts of a database that was just created. */
const EMPTY = { rows: {}, indexes: [], ledger: undefined, history: undefined };
const SERVICES = Object.keys(KILL_SERVICES) as (keyof typeof KILL_SERVICES)[];
const MIGRATIONS = SERVICES.flatMap(namesOf).length;
const STARTING_MS = 1_000;

/** What a kill hit; `too-late` is none, for the migrator had ended. */
type Hit = 'outside-migrations' | 'inside-a-migration' | 'too-late';

/** When to kill: so long after so many migrations have ended, or after the start of the process. */
interface Moment {
  readonly after: number | 'start';
  readonly pauseMs: number;
}

test(`killed ${KILLS} times, it leaves ledgers that agree with the schemas, and the next run finishes`, async () => {
  const seed = randomSeed();
  const moments = momentsFrom(new Random(seed));
  const hits: Hit[] = [];
  let left = KILLS;
  const worker = async () => {
    while (left > 0) {
      left--;
      const moment = moments.next().value;
      const hit = await killAndFinish(moment, `MIGRATOR_TEST_SEED=${seed}, ${JSON.stringify(moment)}`);
      if (hit === 'too-late') left++;
      else hits.push(hit);
    }
  };
  const stop = (error: unknown) => {
    left = 0;
    throw error;
  };
  const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, () => worker().catch(stop)));
  for (const end of ended) if (end.status === 'rejected') throw end.reason;

  const inside = hits.filter((hit) => hit === 'inside-a-migration').length;
  process.stdout.write(
    `MIGRATOR_TEST_SEED=${seed}: ${inside} of ${hits.length} kills hit a migration that ran\n`,
  );
  expect(hits).toHaveLength(KILLS);
  expect(inside).toBeGreaterThan(KILLS / 4);
}, 900_000);

/** A quarter in the first second, when it loads, reads and creates databases; the rest among the migrations. */
function* momentsFrom(random: Random): Generator<Moment, never> {
  for (;;) {
    yield random.chance(0.25)
      ? { after: 'start', pauseMs: random.integer(0, STARTING_MS) }
      : { after: random.integer(0, MIGRATIONS - 1), pauseMs: random.integer(0, DAWDLE_MS * 1.5) };
  }
}

/** @param name says in a failure which kill it was */
async function killAndFinish(moment: Moment, name: string): Promise<Hit> {
  const workspace = await createFixtureWorkspace({ services: KILL_SERVICES });
  try {
    const { inside, ended } = await kill(workspace, moment);
    await expectAgreement(workspace, name);

    const next = await workspace.cli(['migrate']);
    expect({ name, ...next }).toMatchObject({ exitCode: 0, stderr: '' });
    await expectEverythingApplied(workspace, name);
    if (ended) return 'too-late';
    return inside ? 'inside-a-migration' : 'outside-migrations';
  } finally {
    await workspace.remove();
  }
}

/** Starts a migrator and kills it: whether a migration ran at that moment, and whether all had ended before it. */
async function kill(workspace: FixtureWorkspace, { after, pauseMs }: Moment) {
  return withConnection(testServerUrl(), 'monitor', async (monitor) => {
    const victim = workspace.spawnCli(['migrate']);
    if (after !== 'start') await victim.printed(migrationsEnded(after));
    await pause(pauseMs);
    const inside = await migrationRuns(workspace, monitor);
    victim.kill('SIGKILL');
    const { exitCode } = await victim.exited;
    return { inside, ended: exitCode !== null };
  });
}

/** For none: when every database has been created, and the first migrations begin. */
function migrationsEnded(count: number): RegExp {
  return count === 0
    ? new RegExp(`(created the database[^]*){${SERVICES.length}}`)
    : new RegExp(`( applied in [^]*){${count}}`);
}

/** Whether a migration's transaction has changed something at this moment, the last one of the migrator. */
async function migrationRuns(workspace: FixtureWorkspace, monitor: Client): Promise<boolean> {
  const databases = SERVICES.map((service) => databaseName(workspace.urlOf(service), service));
  const { rows } = await monitor.query(
    `SELECT FROM pg_stat_activity WHERE datname = ANY ($1) AND application_name = $2 AND backend_xid IS NOT NULL`,
    [databases, APPLICATION_NAME],
  );
  return rows.length > 0;
}

/** Whatever is in the ledger is in the schema, whole; whatever is not is not; and nothing came before its prerequisite. */
async function expectAgreement(workspace: FixtureWorkspace, name: string): Promise<void> {
  const all: string[] = [];
  for (const service of SERVICES) {
    const facts = await databaseFacts(workspace, service);
    const applied = facts?.ledger ?? [];
    expect({ name, applied }).toEqual({ name, applied: namesOf(service).slice(0, applied.length) });
    if (facts?.ledger) expect({ name, ...facts }).toEqual({ name, ...factsAfter(applied) });
    else if (facts) expect({ name, ...facts }).toEqual({ name, ...EMPTY });
    all.push(...applied);
  }
  for (const [later, earlier] of KILL_ORDER) {
    if (all.includes(later)) expect({ name, all }).toEqual({ name, all: expect.arrayContaining([earlier]) });
  }
}

async function expectEverythingApplied(workspace: FixtureWorkspace, name: string): Promise<void> {
  for (const service of SERVICES) {
    expect({ name, ...(await databaseFacts(workspace, service)) }).toEqual({
      name,
      ...factsAfter(namesOf(service)),
    });
  }
}
