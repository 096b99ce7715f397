import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { ChaosReport } from './report';
import { renderMarkdown } from './render';

/** The newest recorded run, for people and for programs. @returns the paths written */
export async function writeRecord(report: ChaosReport, folder: string): Promise<string[]> {
  const contents = { 'chaos.md': renderMarkdown(report), 'chaos.json': JSON.stringify(report) };
  await mkdir(folder, { recursive: true });
  const paths: string[] = [];
  for (const [name, content] of Object.entries(contents)) {
    const filepath = join(folder, name);
    await writeFile(filepath, await format(content, { ...(await resolveConfig(filepath)), filepath }));
    paths.push(filepath);
  }
  return paths;
}
