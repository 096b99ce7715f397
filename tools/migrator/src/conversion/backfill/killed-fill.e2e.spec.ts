/** SIGKILL for a process that fills, at random moments: the next one goes on. MIGRATOR_TEST_SEED repeats an earlier run's. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Random } from '../../scratch/random';
import { inheritedEnvironment, randomSeed } from '../../testing/migrator-tests.config';
import { readProgress } from '../state/tasks';
import { CLUB, createFillSpecimen, type FillSpecimen } from './fill-specimen';

const USERS = 20_000;
const MOST_KILLS = 6;
const WORKSPACE = join(__dirname, '../../../../..');
let specimen: FillSpecimen;

beforeEach(async () => {
  specimen = await createFillSpecimen(USERS);
});

afterEach(() => specimen.drop());

/** @returns whether it came to its end before it was killed */
async function runProcess(killAfterMs: number | undefined): Promise<boolean> {
  const child = spawn(
    process.execPath,
    ['--require', '@swc-node/register', join(__dirname, 'fill-process.ts'), specimen.url],
    {
      cwd: WORKSPACE,
      env: { ...inheritedEnvironment(), TS_NODE_PROJECT: 'tsconfig.base.json' },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const exited = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), exited]);
  if (killAfterMs !== undefined) {
    await Promise.race([pause(killAfterMs), exited]);
    child.kill('SIGKILL');
  }
  const [code] = await exited;
  return code === 0;
}

it('goes on after every kill, and every row has its twin once', async () => {
  const seed = randomSeed();
  const random = new Random(seed);
  let kills = 0;
  let hasEnded = false;
  while (!hasEnded && kills < MOST_KILLS) {
    hasEnded = await runProcess(random.integer(50, 500));
    if (!hasEnded) kills++;
  }
  process.stdout.write(`MIGRATOR_TEST_SEED=${seed}: ${kills} kills\n`);
  expect(kills).toBeGreaterThan(0);
  if (!hasEnded) expect(await runProcess(undefined)).toBe(true);
  expect(await specimen.wrong()).toBe(0);
  const progress = await readProgress(specimen.query, CLUB.name);
  expect(progress.map(({ table, doneRows, endedAt }) => [table, doneRows, endedAt !== null])).toEqual([
    ['users', USERS, true],
    ['sessions', USERS * 2, true],
    ['parent_links', USERS / 4, true],
    ['trainings', USERS / 4 + 1, true],
    ['visits_early', expect.any(Number), true],
    ['visits_late', expect.any(Number), true],
  ]);
});
