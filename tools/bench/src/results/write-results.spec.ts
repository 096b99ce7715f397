import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sectionsOf } from './sections';
import { caseResult, results } from './specimen';
import { writeResults } from './write-results';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hockey-hub-bench-results-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('writes Markdown with aligned tables and JSON with every sample', async () => {
  const measured = results(caseResult('empty', { floor: [{ wallMs: 10 }, { wallMs: 30 }] }));
  const nested = join(folder, 'results');
  expect(await writeResults('migrator', measured, sectionsOf(measured), nested)).toEqual([
    join(nested, 'migrator.md'),
    join(nested, 'migrator.json'),
  ]);
  expect(JSON.parse(await readFile(join(nested, 'migrator.json'), 'utf8'))).toEqual(measured);
  const rows = (await readFile(join(nested, 'migrator.md'), 'utf8'))
    .split('\n')
    .filter((l) => /^\| [cf-]/.test(l));
  expect(rows).toHaveLength(3);
  expect(new Set(rows.map((row) => row.length)).size).toBe(1);
});
