/**
 * Lets Node require TypeScript, for migrations and for the migrator itself: one transform, swc's, with the
 * workspace's `.swcrc`. Plain JavaScript, because it must load before anything can read TypeScript; a
 * compiled installation has no TypeScript and never loads it. `@swc-node/register` would do as well, but loads
 * the TypeScript compiler, a quarter of a second that every command would pay.
 *
 * What an `index.ts` names is loaded when it is first asked for: the entities of a service ask the shared library for
 * three names of sixty, and Nest, Swagger and the HTTP server behind the others take longer than the rest of a command.
 */
const { basename, join, sep } = require('node:path');
const { transformSync } = require('@swc/core');
const { addHook } = require('pirates');
const { remembered } = require('./transform-memory');

const workspaceRoot = join(__dirname, '../../../..');
const NEIGHBOUR = /\bfrom\s*(['"])(\.[^'"]*)\1/g;

/** https://swc.rs/docs/configuration/modules#lazy; `export *` and `import './x'` stay as they are. */
function moduleOf(code, filename) {
  const isIndex = basename(filename) === 'index.ts';
  return isIndex && { type: 'commonjs', lazy: [...code.matchAll(NEIGHBOUR)].map(([, , path]) => path) };
}

function transform(code, filename) {
  const module = moduleOf(code, filename);
  return transformSync(code, {
    filename,
    configFile: join(workspaceRoot, '.swcrc'),
    sourceMaps: 'inline',
    ...(module && { module }),
  }).code;
}

addHook(
  (code, filename) => {
    // Files of other folders come and go: those of tests, of a bench.
    const isOurs = filename.startsWith(workspaceRoot + sep);
    return isOurs
      ? remembered(workspaceRoot, filename, code, () => transform(code, filename))
      : transform(code, filename);
  },
  { exts: ['.ts'], matcher: (filename) => !filename.endsWith('.d.ts') },
);
