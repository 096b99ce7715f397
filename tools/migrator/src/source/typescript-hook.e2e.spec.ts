import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const HOOK = join(__dirname, 'typescript-hook.js');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'typescript-hook-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** @returns what a process prints that runs main.ts */
function run(files: Readonly<Record<string, string>>): string[] {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const printed = execFileSync(process.execPath, ['--require', HOOK, join(folder, 'main.ts')], {
    encoding: 'utf8',
  });
  return printed.trim().split('\n');
}

const loud = (name: string) => `console.log('${name} loads'); export const ${name} = '${name}';`;

it('loads what an index names when it is asked for, and every other module at once', () => {
  const printed = run({
    'asked.ts': loud('asked'),
    'unasked.ts': loud('unasked'),
    'direct.ts': loud('direct'),
    'effect.ts': loud('effect'),
    'rest.ts': loud('rest'),
    'index.ts': `
      import './effect';
      export { asked, type Nothing } from './asked';
      export { unasked } from "./unasked";
      export * from './rest';
    `,
    'main.ts': `
      import { direct } from './direct';
      import { asked, rest } from './index';
      console.log('main begins');
      console.log(asked, rest, direct);
    `,
  });
  expect(printed).toEqual([
    'direct loads',
    'effect loads',
    'rest loads',
    'main begins',
    'asked loads',
    'asked rest direct',
  ]);
});

it('lets an index make values of what it imports', () => {
  const printed = run({
    'first.ts': 'export class First {}',
    'second.ts': "import { First } from './first'; export class Second extends First {}",
    'index.ts': `
      import { First } from './first';
      import { Second } from './second';
      export const all = [First, Second];
      export { First, Second };
    `,
    'main.ts':
      "import { all, Second } from '.'; console.log(all.map(({ name }) => name).join(), String(all[1] === Second));",
  });
  expect(printed).toEqual(['First,Second true']);
});
