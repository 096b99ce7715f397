/** Ours without Nx: the command line of the production image, here from its TypeScript source. */
import type { RunReport } from '@hockey-hub/migrator/src/model';
import type { Contender, ContenderContext } from './contender';
import { runProgram } from './run-program';

const ENTRY = require.resolve('@hockey-hub/migrator/bin/hockey-hub-migrator.js');

/** As an image runs it: services that do not wait for each other at the same time. */
export function cli({ workspace, serverUrl }: ContenderContext): Contender {
  return {
    name: 'cli',
    run: () =>
      runProgram({ args: [ENTRY, 'migrate'], cwd: workspace.root, env: { DATABASE_URL: serverUrl } }),
  };
}

/** One migration at a time, as the floor does it: the run whose durations can be compared with the floor's. */
export function cliInSequence({ workspace, serverUrl }: ContenderContext): Contender {
  return {
    name: 'cli-in-sequence',
    run: async () => {
      const { wallMs, stdout } = await runProgram({
        args: [ENTRY, 'migrate', '--parallel', '1', '--json'],
        cwd: workspace.root,
        env: { DATABASE_URL: serverUrl },
      });
      const { report } = JSON.parse(stdout) as { report: RunReport };
      return { wallMs, applyingMs: report.steps.reduce((sum, step) => sum + step.durationMs, 0) };
    },
  };
}
