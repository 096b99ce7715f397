/** Markdown as the workspace's formatter leaves it, for tests of what must pass `nx format:check`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Options } from 'prettier';
import * as markdown from 'prettier/plugins/markdown';
// The ordinary entry loads its parts by dynamic import, which Jest's sandbox refuses.
import { format } from 'prettier/standalone';

export function formatted(text: string): Promise<string> {
  const settings = JSON.parse(readFileSync(join(__dirname, '../../../../.prettierrc'), 'utf8')) as Options;
  return format(text, { ...settings, parser: 'markdown', plugins: [markdown] });
}
