import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderSections } from './render-tables';
import { writeRecord } from './write-record';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hockey-hub-record-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const SECTION = {
  title: 'Kills',
  head: ['who', 'times'],
  rows: [
    ['the migrator', '7'],
    ['NATS', '12'],
  ],
};

it('writes Markdown with aligned tables and JSON on lines of their own, into a folder that was not there', async () => {
  const nested = join(folder, 'results');
  const contents = {
    'run.md': renderSections([SECTION]).join('\n\n'),
    'run.json': JSON.stringify({ seed: 7, kills: [] }),
  };
  expect(await writeRecord(nested, contents)).toEqual([join(nested, 'run.md'), join(nested, 'run.json')]);
  expect(await readFile(join(nested, 'run.md'), 'utf8')).toBe(`## Kills

| who          | times |
| ------------ | ----- |
| the migrator | 7     |
| NATS         | 12    |
`);
  expect(await readFile(join(nested, 'run.json'), 'utf8')).toBe('{ "seed": 7, "kills": [] }\n');
});

it('replaces the record of before', async () => {
  await writeRecord(folder, { 'run.json': '{"seed":7}' });
  await writeRecord(folder, { 'run.json': '{"seed":8}' });
  expect(await readFile(join(folder, 'run.json'), 'utf8')).toBe('{ "seed": 8 }\n');
});

it('refuses a file that it cannot format', async () => {
  await expect(writeRecord(folder, { 'run.txt': 'seed 7' })).rejects.toThrow(
    'run.txt is neither Markdown nor JSON',
  );
});
