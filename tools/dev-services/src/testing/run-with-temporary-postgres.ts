/** What the developer's database must not be used for: commands that make databases, run on a server of their own. */
import { spawn } from 'node:child_process';
import { currentEnvironment } from '../config';
import { startTemporaryPostgres } from '../postgres/temporary-postgres';
import { testPostgresMajor } from './test-database.config';

const STOPPED_BY_SIGNAL = 1;

/**
 * Each command is a line for the shell and finds the server in DATABASE_URL. A signal from the terminal reaches the
 * command itself; the server goes when it has ended.
 * @returns the first exit code that is not 0; the commands after it are not run
 */
export async function runWithTemporaryPostgres(commands: readonly string[]): Promise<number> {
  const server = await startTemporaryPostgres({ major: testPostgresMajor() });
  const ignore = () => undefined;
  process.on('SIGINT', ignore);
  try {
    for (const command of commands) {
      console.log(`\n$ ${command}`);
      const exitCode = await runCommand(command, server.url);
      if (exitCode !== 0) return exitCode;
    }
    return 0;
  } finally {
    process.off('SIGINT', ignore);
    await server.stop();
  }
}

function runCommand(command: string, url: string): Promise<number> {
  return new Promise((done, fail) => {
    const env = { ...currentEnvironment(), DATABASE_URL: url };
    const child = spawn(command, { shell: true, stdio: 'inherit', env });
    child.once('error', fail);
    child.once('exit', (code) => done(code ?? STOPPED_BY_SIGNAL));
  });
}
