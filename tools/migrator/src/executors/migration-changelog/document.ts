/** A file that is written from facts: what it should say, what it says, and putting the one in the place of the other. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export interface Document {
  /** Relative to the workspace root. */
  readonly path: string;
  readonly text: string;
}

export interface StaleDocument extends Document {
  /** The first line that is not as it should be, 1 for the first; null where there is no file. */
  readonly line: number | null;
}

/** Those that are not on disk as they should be. How a checkout ends its lines does not matter. */
export async function staleDocuments(
  workspaceRoot: string,
  documents: readonly Document[],
): Promise<StaleDocument[]> {
  const stale = await Promise.all(
    documents.map(async (document): Promise<StaleDocument[]> => {
      const text = await readDocument(workspaceRoot, document.path);
      if (text === undefined) return [{ ...document, line: null }];
      return text === document.text ? [] : [{ ...document, line: firstDifference(text, document.text) }];
    }),
  );
  return stale.flat();
}

/** Undefined when there is no such file. */
export async function readDocument(workspaceRoot: string, path: string): Promise<string | undefined> {
  try {
    return (await readFile(join(workspaceRoot, path), 'utf8')).replaceAll('\r\n', '\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export async function writeDocument(workspaceRoot: string, { path, text }: Document): Promise<void> {
  await mkdir(dirname(join(workspaceRoot, path)), { recursive: true });
  await writeFile(join(workspaceRoot, path), text);
}

function firstDifference(one: string, other: string): number {
  const [lines, others] = [one.split('\n'), other.split('\n')];
  const index = lines.findIndex((line, at) => line !== others[at]);
  return (index < 0 ? lines.length : index) + 1;
}
