import { chmodSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onlyUnknownSettings } from './restore-backup';
import { libpqEnvironment, runPgProgram, type ProgramRun } from './run-pg-program';

it.each([
  [
    'postgres://hub:p%40ss%2Fword@db.example:5433/user_service?sslmode=verify-full',
    {
      PGHOST: 'db.example',
      PGPORT: '5433',
      PGUSER: 'hub',
      PGPASSWORD: 'p@ss/word',
      PGDATABASE: 'user_service',
      PGSSLMODE: 'verify-full',
    },
  ],
  ['postgres://hub:x@/users?host=/var/run/pg', { PGHOST: '/var/run/pg', PGUSER: 'hub', PGDATABASE: 'users' }],
  ['postgres://hub:x@h/d?sslmode=no-verify', { PGSSLMODE: 'require' }],
  // Any file: the driver reads it as soon as it reads the URL.
  [`postgres://hub:x@h/d?sslrootcert=${__filename}`, { PGSSLROOTCERT: __filename }],
])('%s, as libpq takes it', (url, variables) => {
  expect(libpqEnvironment(url)).toMatchObject(variables);
});

const PROGRAM: ProgramRun = {
  programs: { folder: '', version: '18.1', major: 18 },
  name: 'pg_dump',
  args: ['--no-password'],
  url: 'postgres://hub:s3cr3t@h/d',
  settings: { folder: '', keep: 1, beforeChanges: true, environment: { PATH: '/usr/bin:/bin' } },
};

describe('a program', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(realpathSync(tmpdir()), 'hockey-hub-program-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const run = (script: string, more: Partial<ProgramRun> = {}) => {
    const path = join(folder, 'pg_dump');
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return runPgProgram({ ...PROGRAM, programs: { ...PROGRAM.programs, folder }, ...more });
  };

  it('gets the password in its environment, and not in its arguments', async () => {
    await run(`[ "$PGPASSWORD" = s3cr3t ] && [ "$*" = --no-password ]`);
  });

  it('that fails tells its last words, without the password', async () => {
    await expect(run(`echo "pg_dump: error: $PGPASSWORD is wrong" >&2; exit 3`)).rejects.toThrow(
      /^pg_dump 18\.1 ended with exit code 3:\npg_dump: error: \*\*\* is wrong$/,
    );
  });

  it('that ends with harmless complaints has done its work; one that is killed, or ends otherwise, has not', async () => {
    const isHarmless = () => true;
    await run('exit 1', { isHarmless });
    await expect(run('exit 1', { isHarmless: () => false })).rejects.toThrow('ended with exit code 1');
    await expect(run('exit 2', { isHarmless })).rejects.toThrow('ended with exit code 2');
    await expect(run('kill -9 $$', { isHarmless })).rejects.toThrow('was ended by SIGKILL');
  });

  it('that cannot be started is an error', async () => {
    const missing = runPgProgram({
      ...PROGRAM,
      programs: { ...PROGRAM.programs, folder },
      name: 'pg_restore',
    });
    await expect(missing).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is ended early, and has really ended then', async () => {
    const stop = new AbortController();
    const running = run('exec sleep 60', { signal: stop.signal });
    stop.abort();
    await expect(running).rejects.toThrow('pg_dump 18.1 was ended by SIGTERM, without a word.');
  });
});

describe('what pg_restore complains of', () => {
  const setting =
    'pg_restore: error: could not execute query: ERROR:  unrecognized configuration parameter "transaction_timeout"\n' +
    'Command was: SET transaction_timeout = 0;\n';
  const other =
    'pg_restore: error: could not execute query: ERROR:  relation "a" does not exist\nCommand was: ALTER TABLE a;\n';
  const end = 'pg_restore: warning: errors ignored on restore: 1\n';
  it.each([
    [setting + end, true],
    [setting + setting + end, true],
    [setting + other + end, false],
    [other + end, false],
    ['', false],
    ['pg_restore: error: could not open input file\n', false],
  ])('%j is harmless: %s', (stderr, harmless) => expect(onlyUnknownSettings(stderr)).toBe(harmless));
});
