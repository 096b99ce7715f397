import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManagedProcess, type UnaskedEnd } from './managed-process';

/** Listens as a service would say it, and ends with status 3 when it is told to by its file. */
const PROGRAM = `
const { existsSync } = require('node:fs');
if (existsSync(process.env.END)) process.exit(3);
console.log(JSON.stringify({ msg: 'listening', port: process.pid }));
setInterval(() => { if (existsSync(process.env.END)) { console.error('ending'); process.exit(3); } }, 5);
`;

describe('a managed process', () => {
  let folder: string;
  let process: ManagedProcess;
  let ends: UnaskedEnd[];

  const until = async (condition: () => boolean) => {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const endFile = () => join(folder, 'end');

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'managed-process-'));
    const main = join(folder, 'main.js');
    writeFileSync(main, PROGRAM);
    ends = [];
    const plan = { name: 'specimen', main, env: {} };
    process = new ManagedProcess(plan, { END: endFile() }, folder, (end) => ends.push(end));
  });

  afterEach(async () => {
    await process.dispose();
    rmSync(folder, { recursive: true });
  });

  test('is known by its address while it listens, and leaves its words in a file', async () => {
    process.start();
    await until(() => process.url !== undefined);
    await process.kill();
    expect(process.url).toBeUndefined();
    process.start();
    await until(() => process.url !== undefined);
    await process.dispose();
    const log = readFileSync(join(folder, 'specimen.log'), 'utf8');
    expect(log.match(/--- ended: SIGKILL/g)).toHaveLength(2);
    expect(log).toContain('"msg":"listening"');
    expect(ends).toEqual([]);
  });

  test('is started again when it ends by itself, and that is told', async () => {
    process.start();
    await until(() => process.url !== undefined);
    writeFileSync(endFile(), '');
    await until(() => ends.length >= 2);
    rmSync(endFile());
    await until(() => process.url !== undefined);
    expect(ends[0]).toMatchObject({
      process: 'specimen',
      status: '3',
      wasReady: true,
      lastLines: expect.arrayContaining(['ending']),
    });
    expect(ends[1]).toMatchObject({ wasReady: false });
  });

  test('stays away once it was killed', async () => {
    process.start();
    await until(() => process.url !== undefined);
    writeFileSync(endFile(), '');
    await until(() => ends.length === 1);
    await process.kill();
    rmSync(endFile());
    expect(process.url).toBeUndefined();
    expect(ends).toHaveLength(1);
  });
});
