/** Ours as everybody starts it: one `nx run-many` for all services, called without npx, which would only add to it. */
import { join } from 'node:path';
import type { Contender, ContenderContext } from './contender';
import { runProgram } from './run-program';

const NX = join('node_modules', '.bin', 'nx');

export function nxRunMany({ workspace, serverUrl }: ContenderContext): Contender {
  return {
    name: 'nx',
    run: () =>
      runProgram({
        args: [NX, 'run-many', '-t', 'migrate'],
        cwd: workspace.root,
        env: { DATABASE_URL: serverUrl },
      }),
  };
}

/** What Nx costs before anybody's code runs. */
export function nxNoop({ workspace }: ContenderContext): Contender {
  return {
    name: 'nx-noop',
    run: () => runProgram({ args: [NX, 'run', 'bench:noop'], cwd: workspace.root, env: {} }),
  };
}
