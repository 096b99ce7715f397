/**
 * The peer: the TypeORM CLI, which knows one database, once for each service in dependency order. It has to read a
 * TypeScript data source, so it needs a transpiler; swc's register is the fastest that workspaces commonly use.
 */
import type { Contender, ContenderContext } from './contender';
import { runProgram } from './run-program';

export function typeormCli({ workspace, serverUrl }: ContenderContext): Contender {
  const entry = require.resolve('typeorm/cli.js');
  return {
    name: 'typeorm',
    run: async () => {
      let wallMs = 0;
      for (const { root } of workspace.services) {
        const dataSource = `${root}/src/data-source.ts`;
        const ended = await runProgram({
          args: ['--require', '@swc-node/register', entry, 'migration:run', '-d', dataSource],
          cwd: workspace.root,
          env: { DATABASE_URL: serverUrl, TS_NODE_PROJECT: 'tsconfig.base.json' },
        });
        wallMs += ended.wallMs;
      }
      return { wallMs };
    },
  };
}
