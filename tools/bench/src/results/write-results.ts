/** The results on disk: for people and for programs, formatted as the rest of the repository. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '../contenders/run-program';
import type { BenchResults } from './model';
import { renderMarkdown } from './render-markdown';
import type { Section } from './section';

/** @returns the paths written: `<target>.md` and `<target>.json` */
export async function writeResults(
  target: string,
  results: BenchResults<unknown>,
  sections: readonly Section[],
  folder: string,
): Promise<string[]> {
  const contents = {
    [`${target}.md`]: renderMarkdown(target, results, sections),
    [`${target}.json`]: JSON.stringify(results),
  };
  await mkdir(folder, { recursive: true });
  for (const [name, content] of Object.entries(contents)) await writeFile(join(folder, name), content);
  const names = Object.keys(contents);
  await runProgram({
    args: [require.resolve('prettier/bin/prettier.cjs'), '--write', ...names],
    cwd: folder,
    env: {},
  });
  return names.map((name) => join(folder, name));
}
