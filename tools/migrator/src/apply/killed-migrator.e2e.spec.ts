/**
 * SIGKILL at random moments, from its start to its end. Whatever the moment: what the ledger says is what the schema
 * and the rows say, and the next run finishes. MIGRATOR_TEST_SEED repeats the moments of an earlier run.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { databaseFacts } from '../testing/database-facts';
import { createFixtureWorkspace, type FixtureWorkspace } from '../testing/fixture-workspace';
import { factsAfter, KILL_ORDER, KILL_SERVICES, namesOf } from '../testing/kill-scenario';
import { randomSeed, testServerUrl } from '../testing/migrator-tests.config';
import { randomFrom } from '../testing/random';
import { APPLICATION_NAME, withConnection } from '../pg/connect';
import { databaseName } from '../pg/connection-url';

const KILLS = 100;
const AT_ONCE = 4;
/** A database that was just created. */
const EMPTY = { rows: {}, indexes: [], ledger: undefined, history: undefined };
const SERVICES = Object.keys(KILL_SERVICES) as (keyof typeof KILL_SERVICES)[];

/** What a kill hit; `too-late` is none, for the migrator had ended. */
type Hit = 'outside-migrations' | 'inside-a-migration' | 'too-late';

test(`killed ${KILLS} times, it leaves ledgers that agree with the schemas, and the next run finishes`, async () => {
  const seed = randomSeed();
  const random = randomFrom(seed);
  const hits: Hit[] = [];
  let begun = 0;
  const worker = async () => {
    // As long as the last whole run took: machines are busy with other things.
    let runMs = 1_500;
    while (begun < KILLS) {
      begun++;
      const momentMs = random() * runMs;
      const outcome = await killAndFinish(momentMs, `MIGRATOR_TEST_SEED=${seed}, ${momentMs.toFixed()} ms`);
      if (outcome.hit === 'too-late') begun--;
      else hits.push(outcome.hit);
      runMs = outcome.runMs;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));

  const inside = hits.filter((hit) => hit === 'inside-a-migration').length;
  process.stdout.write(
    `MIGRATOR_TEST_SEED=${seed}: ${inside} of ${hits.length} kills hit a migration that ran\n`,
  );
  expect(hits).toHaveLength(KILLS);
  expect(inside).toBeGreaterThan(KILLS / 5);
}, 240_000);

/** @param moment says in a failure which kill it was */
async function killAndFinish(momentMs: number, moment: string): Promise<{ hit: Hit; runMs: number }> {
  const workspace = await createFixtureWorkspace({ services: KILL_SERVICES });
  try {
    const victim = workspace.spawnCli(['migrate']);
    await pause(momentMs);
    const inside = await migrationRuns(workspace);
    victim.kill('SIGKILL');
    const { exitCode } = await victim.exited;
    await expectAgreement(workspace, moment);

    const startedAt = performance.now();
    const next = await workspace.cli(['migrate']);
    expect({ moment, ...next }).toMatchObject({ exitCode: 0, stderr: '' });
    await expectEverythingApplied(workspace, moment);
    const runMs = performance.now() - startedAt;
    if (exitCode !== null) return { hit: 'too-late', runMs };
    return { hit: inside ? 'inside-a-migration' : 'outside-migrations', runMs };
  } finally {
    await workspace.remove();
  }
}

/** Whether a migration's transaction is open at this moment, which is the last one of the migrator. */
async function migrationRuns(workspace: FixtureWorkspace): Promise<boolean> {
  const databases = SERVICES.map((service) => databaseName(workspace.urlOf(service), service));
  return withConnection(testServerUrl(), 'monitor', async (client) => {
    const { rows } = await client.query(
      `SELECT FROM pg_stat_activity WHERE datname = ANY ($1) AND application_name = $2 AND xact_start IS NOT NULL
         AND EXISTS (SELECT FROM pg_locks l WHERE l.pid = pg_stat_activity.pid AND l.locktype = 'transactionid')`,
      [databases, APPLICATION_NAME],
    );
    return rows.length > 0;
  });
}

/** Whatever is in the ledger is in the schema, whole; whatever is not is not; and nothing came before its prerequisite. */
async function expectAgreement(workspace: FixtureWorkspace, moment: string): Promise<void> {
  const all: string[] = [];
  for (const service of SERVICES) {
    const facts = await databaseFacts(workspace, service);
    const applied = facts?.ledger ?? [];
    expect({ moment, applied }).toEqual({ moment, applied: namesOf(service).slice(0, applied.length) });
    if (facts?.ledger) expect({ moment, ...facts }).toEqual({ moment, ...factsAfter(applied) });
    else if (facts) expect({ moment, ...facts }).toEqual({ moment, ...EMPTY });
    all.push(...applied);
  }
  for (const [later, earlier] of KILL_ORDER) {
    if (all.includes(later))
      expect({ moment, all }).toEqual({ moment, all: expect.arrayContaining([earlier]) });
  }
}

async function expectEverythingApplied(workspace: FixtureWorkspace, moment: string): Promise<void> {
  for (const service of SERVICES) {
    expect({ moment, ...(await databaseFacts(workspace, service)) }).toEqual({
      moment,
      ...factsAfter(namesOf(service)),
    });
  }
}
