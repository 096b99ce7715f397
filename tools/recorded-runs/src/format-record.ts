/** Text as the repository's formatter leaves it, or `nx format:check` would have something to say about every record. */
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Options } from 'prettier';
import * as babel from 'prettier/plugins/babel';
import * as estree from 'prettier/plugins/estree';
import * as markdown from 'prettier/plugins/markdown';
// Not `prettier` itself, which loads its parsers when it needs them, in a way that Jest does not know.
import { format } from 'prettier/standalone';

const SETTINGS = join(__dirname, '../../../.prettierrc');
const PARSERS: Readonly<Record<string, string>> = { '.md': 'markdown', '.json': 'json' };

/**
 * @param file its name or path: Markdown or JSON
 * @throws RangeError for another kind of file
 */
export async function formatRecord(file: string, content: string): Promise<string> {
  const parser = PARSERS[extname(file)];
  if (parser === undefined)
    throw new RangeError(`${file} is neither Markdown nor JSON: nothing here can format it`);
  const settings = JSON.parse(await readFile(SETTINGS, 'utf8')) as Options;
  return format(content, { ...settings, parser, plugins: [babel, estree, markdown] });
}
