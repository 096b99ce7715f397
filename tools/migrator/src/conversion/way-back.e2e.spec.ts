/** What is told about the way back of an id conversion before anybody goes it: that there is one, in either service, and that nothing is lost on it. */
import type { ServiceOutcome } from '../executors/migration-verify/render-verifications';
import type { Rollback } from '../report/rollback';
import type { FixtureWorkspace } from '../testing/fixture-workspace';
import { createLegacyClub, SERVICES } from '../testing/legacy-club';

jest.setTimeout(300_000);

const PHASES = 5;

let workspace: FixtureWorkspace;
beforeAll(async () => {
  workspace = await createLegacyClub({ users: 20, seed: 11 });
});
afterAll(() => workspace?.remove());

test('a dry run has a way back of every phase', async () => {
  const gates = ['--allow', 'switch', '--allow', 'contract'];
  const { exitCode, stdout } = await workspace.cli(['migrate', '--dry-run', '--json', ...gates]);
  const { rollbacks } = JSON.parse(stdout) as { rollbacks: Readonly<Record<string, Rollback>> };
  expect(exitCode).toBe(0);
  expect(Object.keys(rollbacks)).toHaveLength(2 * PHASES);
  expect(Object.entries(rollbacks).filter(([, rollback]) => 'none' in rollback)).toEqual([]);
});

test.each(SERVICES)('migration-verify finds no loss in the %s', async (service) => {
  const { stdout } = await workspace.cli(['migration-verify', service, '--all', '--no-entities', '--json']);
  const [outcome] = JSON.parse(stdout) as ServiceOutcome[];
  if (!outcome || 'error' in outcome) throw new Error(stdout);
  const phases = outcome.migrations.filter(({ migration }) => migration.startsWith('Users'));
  expect(
    phases.map(({ verdict, errors, notes, goesWithDown }) => ({ verdict, errors, notes, goesWithDown })),
  ).toEqual(
    Array.from({ length: PHASES }, () => ({
      verdict: 'reversible',
      errors: [],
      notes: [],
      goesWithDown: [],
    })),
  );
});
