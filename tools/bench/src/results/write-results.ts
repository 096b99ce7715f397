/** The results on disk: for people and for programs. */
import { writeRecord, type Section } from '@hockey-hub/recorded-runs';
import type { BenchResults } from './model';
import { renderMarkdown } from './render-markdown';

/** @returns the paths written: `<target>.md` and `<target>.json` */
export function writeResults(
  target: string,
  results: BenchResults<unknown>,
  sections: readonly Section[],
  folder: string,
): Promise<string[]> {
  return writeRecord(folder, {
    [`${target}.md`]: renderMarkdown(target, results, sections),
    [`${target}.json`]: JSON.stringify(results),
  });
}
