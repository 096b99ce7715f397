import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { CrashReport } from './crash-report';
import { renderRecord } from './render';

/** For people and for programs. @returns the paths written */
export async function writeRecord(report: CrashReport, folder: string): Promise<string[]> {
  const contents = {
    [`crash-${report.seed}.md`]: renderRecord(report),
    [`crash-${report.seed}.json`]: JSON.stringify(report),
  };
  await mkdir(folder, { recursive: true });
  const paths: string[] = [];
  for (const [name, content] of Object.entries(contents)) {
    const filepath = join(folder, name);
    await writeFile(filepath, await format(content, { ...(await resolveConfig(filepath)), filepath }));
    paths.push(filepath);
  }
  return paths;
}
