import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';

const run = promisify(execFile);
const PROGRAM = join(__dirname, '../../bin/with-temporary-postgres.js');
const PRINT_URL = `node -p "'url=' + process.env.DATABASE_URL"`;

/** The URL that a command printed. */
function urlIn(stdout: string): string {
  return /^url=(.*)$/m.exec(stdout)?.[1] ?? '';
}

it('gives every command the same server, and takes it away afterwards', async () => {
  const query = `node -e "const {Client}=require('pg');const c=new Client(process.env.DATABASE_URL);c.connect().then(()=>c.query('SELECT 6*7 AS n')).then(r=>{console.log('n='+r.rows[0].n);return c.end()})"`;
  const { stdout } = await run(process.execPath, [PROGRAM, PRINT_URL, query], { cwd: __dirname });
  expect(stdout).toContain('n=42');
  await expect(new Client(urlIn(stdout)).connect()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

it('stops at the first command that fails, with its exit code', async () => {
  const failed = run(process.execPath, [PROGRAM, 'exit 3', 'echo never'], { cwd: __dirname });
  await expect(failed).rejects.toMatchObject({ code: 3, stdout: expect.not.stringContaining('\nnever') });
});
