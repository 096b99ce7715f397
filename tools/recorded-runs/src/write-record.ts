import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatRecord } from './format-record';

/**
 * A record for people and for programs, in a folder that is made where it is missing; what was there under these names is replaced.
 * @param contents by name of the file, Markdown and JSON
 * @returns the paths written
 */
export async function writeRecord(
  folder: string,
  contents: Readonly<Record<string, string>>,
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const paths: string[] = [];
  for (const [name, content] of Object.entries(contents)) {
    const path = join(folder, name);
    await writeFile(path, await formatRecord(name, content));
    paths.push(path);
  }
  return paths;
}
