import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reportOf } from './report';
import { sectionsOf } from './sections';
import { specimen } from './specimen';
import { requirePlace, writeRecord } from './write-record';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hockey-hub-record-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const record = { summary: 'Ten cores.', sections: sectionsOf(reportOf(specimen())), picture: '<svg/>' };
const readme = async (text: string) => {
  const paths = { readme: join(folder, 'README.md'), picture: join(folder, 'docs/demo.svg') };
  await writeFile(paths.readme, text);
  return paths;
};

test('writes the report between the markers, again and again, and the picture beside it', async () => {
  const paths = await readme(
    '# A\n\n<!-- demo-conversion:begin -->\nold\n<!-- demo-conversion:end -->\n\n# B\n',
  );
  await requirePlace(paths.readme);
  await writeRecord(record, paths);
  const text = await readFile(paths.readme, 'utf8');
  expect(text).toMatch(
    /^# A\n\n<!-- demo-conversion:begin -->\n\n!\[[^\]]+\]\(docs\/demo\.svg\)\n\nTen cores\.\n/,
  );
  expect(text).toMatch(/\| rows that refer to them +\| 20,000 +\|/);
  expect(text).toMatch(/\|\n\n<!-- demo-conversion:end -->\n\n# B\n$/);
  expect(text).not.toContain('old');
  expect(await readFile(paths.picture, 'utf8')).toBe('<svg/>');
  await writeRecord(record, paths);
  expect(await readFile(paths.readme, 'utf8')).toBe(text);
});

test('refuses a README that has no place for it, before anything is written', async () => {
  const paths = await readme('# A\n');
  const refused = {
    code: 'CANNOT_RECORD',
    message: expect.stringContaining('<!-- demo-conversion:begin -->'),
  };
  await expect(requirePlace(paths.readme)).rejects.toMatchObject(refused);
  await expect(writeRecord(record, paths)).rejects.toMatchObject(refused);
  await expect(readFile(paths.picture)).rejects.toMatchObject({ code: 'ENOENT' });
  expect(await readFile(paths.readme, 'utf8')).toBe('# A\n');
});
