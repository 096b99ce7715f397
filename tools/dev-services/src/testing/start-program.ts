import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { workspaceRoot } from '../config';
import type { PostgresServer } from '../postgres/model';
import type { ServerUser } from '../system/user';

export interface Program {
  readonly child: ChildProcess;
  /** What the program printed; rejects with its complaint when it failed. */
  readonly server: Promise<PostgresServer>;
}

/** Starts ensure-postgres-program.ts in a process of its own, as another user if asked. */
export function startEnsureProgram(dataRoot: string, user?: ServerUser): Program {
  const file = join(__dirname, 'ensure-postgres-program.ts');
  const child = spawn(process.execPath, ['--require', '@swc-node/register', file, dataRoot], {
    cwd: workspaceRoot,
    env: { PATH: '/usr/bin:/bin', TS_NODE_PROJECT: 'tsconfig.base.json' },
    uid: user?.uid,
    gid: user?.gid,
  });
  const server = new Promise<PostgresServer>((done, fail) => {
    let printed = '';
    let complaint = '';
    child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    child.once('error', fail);
    child.once('close', (code, signal) => {
      if (code === 0) done(JSON.parse(printed) as PostgresServer);
      else fail(new Error(`the program ended with ${signal ?? code}: ${complaint}`));
    });
  });
  return { child, server };
}
