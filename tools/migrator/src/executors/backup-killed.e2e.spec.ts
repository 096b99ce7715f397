/**
 * SIGKILL at random moments of a `migrate` that backs up first, and of a `restore --replace`. Whatever the moment: the databases are
 * as before or as they should become, no half backup is listed, and the next run goes on. MIGRATOR_TEST_SEED repeats an
 * earlier run's moments.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { BackupManifest } from '../backup/manifest';
import { backupKinds, useBackupWorkspaces, type BackupWorkspace } from '../testing/backup-workspace';
import { createTable, ROWS } from '../testing/club-services';
import { databaseFacts } from '../testing/database-facts';
import { randomSeed } from '../testing/migrator-tests.config';
import { Random } from '../scratch/random';

const KILLS = 10;
const FILLER = 50_000;
/** Of the time that the work takes: more than half of the kills must come before its end, also when the machine gets quicker. */
const LATEST = 0.8;
const NAME = 'user-service';

// A kill takes about as long as the work itself, which a busy machine stretches.
jest.setTimeout(600_000);

describe.each(backupKinds())('as %s', (kind) => {
  const createWorkspace = useBackupWorkspaces(kind);
  let workspace: BackupWorkspace;
  beforeEach(async () => {
    workspace = await createWorkspace({
      [NAME]: {
        migrations: {
          '1700000000000-AddUsers': createTable('users', {
            // Large enough that a copy takes a moment.
            up: [
              ...createTable('users').up,
              `CREATE TABLE filler AS SELECT i, md5(i::text) FROM generate_series(1, ${FILLER}) i`,
            ],
          }),
        },
      },
    });
    expect((await workspace.cli(['migrate'])).exitCode).toBe(0);
  });
  afterEach(() => workspace?.remove());

  /** How long a command that nobody kills works, on this machine as busy as it is: the others are killed within that time. */
  async function workingMs(args: readonly string[], begun: RegExp | undefined): Promise<number> {
    const run = workspace.spawnCli(args);
    if (begun) await run.printed(begun);
    const start = performance.now();
    const { exitCode, stderr } = await run.exited;
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    return performance.now() - start;
  }

  /** Starts a command and kills it some time after it has begun its work. */
  async function kill(args: readonly string[], begun: RegExp | undefined, pauseMs: number): Promise<boolean> {
    const victim = workspace.spawnCli(args);
    if (begun) await victim.printed(begun);
    await pause(pauseMs);
    victim.kill('SIGKILL');
    return (await victim.exited).exitCode === null;
  }

  test(`migrate killed ${KILLS} times while it backs up: unchanged or whole, and the next run goes on`, async () => {
    const seed = randomSeed();
    const random = new Random(seed);
    let killed = 0;
    await workspace.writeMigration(NAME, '1700000001000-AddWhole', createTable('whole'));
    const longestMs = Math.round(LATEST * (await workingMs(['migrate'], /backing up/)));
    const applied = ['AddUsers1700000000000', 'AddWhole1700000001000'];
    for (let index = 1; index <= KILLS; index++) {
      const timestamp = 1_700_000_001_000 + index;
      const name = `Add${index}x${timestamp}`;
      await workspace.writeMigration(NAME, `${timestamp}-Add${index}x`, createTable(`t${index}`));
      const pauseMs = random.integer(0, longestMs);
      if (await kill(['migrate'], /backing up/, pauseMs)) killed++;
      const where = `MIGRATOR_TEST_SEED=${seed}, kill ${index} after ${pauseMs} ms`;

      const after = await databaseFacts(workspace, NAME);
      const whole = after?.ledger?.includes(name) === true;
      expect({ where, ledger: after?.ledger }).toEqual({
        where,
        ledger: whole ? [...applied, name] : applied,
      });
      expect({ where, rows: after?.rows[`t${index}`] }).toEqual({ where, rows: whole ? ROWS : undefined });

      const next = await workspace.cli(['migrate']);
      expect({ where, ...next }).toMatchObject({ where, exitCode: 0, stderr: '' });
      applied.push(name);
      expect((await databaseFacts(workspace, NAME))?.ledger).toEqual(applied);
    }
    process.stdout.write(
      `MIGRATOR_TEST_SEED=${seed}: ${killed} of ${KILLS} migrators were killed before their end\n`,
    );
    expect(killed).toBeGreaterThan(KILLS / 2);

    const listed: BackupManifest[] = JSON.parse(
      (await workspace.cli(['backup-list', NAME, '--json'])).stdout,
    );
    for (const { id } of listed.slice(0, 3)) {
      const { exitCode, stderr } = await workspace.cli(['restore', NAME, '--verify', '--backup', id]);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    }
  });

  test(`restore --replace killed ${KILLS} times: the live database is the old one or the whole new one`, async () => {
    await workspace.cli(['backup', NAME]);
    await workspace.query(NAME, 'INSERT INTO users VALUES (11)');
    const longestMs = Math.round(await workingMs(['restore', NAME, '--replace'], undefined));
    await workspace.query(NAME, 'INSERT INTO users VALUES (11)');
    const seed = randomSeed();
    const random = new Random(seed);
    const ends = { [ROWS]: 0, [ROWS + 1]: 0 };
    for (let index = 1; index <= KILLS; index++) {
      const pauseMs = random.integer(Math.round(longestMs / 4), longestMs);
      await kill(['restore', NAME, '--replace'], undefined, pauseMs);
      const where = `MIGRATOR_TEST_SEED=${seed}, kill ${index} after ${pauseMs} ms`;
      const rows = (await databaseFacts(workspace, NAME))?.rows;
      expect({ where, rows }).toEqual({
        where,
        rows: { users: rows?.users === ROWS ? ROWS : ROWS + 1, filler: FILLER },
      });
      ends[rows!.users as 10]++;
      if (rows?.users === ROWS) await workspace.query(NAME, 'INSERT INTO users VALUES (11)');
    }
    process.stdout.write(`MIGRATOR_TEST_SEED=${seed}: live rows after each kill: ${JSON.stringify(ends)}\n`);
    expect(ends[ROWS + 1]).toBeGreaterThan(0);
    const { exitCode, stderr } = await workspace.cli(['restore', NAME, '--replace']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });
});
