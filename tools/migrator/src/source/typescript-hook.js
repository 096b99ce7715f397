/**
 * Lets Node require TypeScript, for migrations and for the migrator itself: one transform, swc's, with the
 * workspace's `.swcrc`. Plain JavaScript, because it must load before anything can read TypeScript; a
 * compiled installation has no TypeScript and never loads it. `@swc-node/register` would do as well, but loads
 * the TypeScript compiler, a quarter of a second that every command would pay.
 *
 * What an `index.ts` names is loaded when it is first asked for: the entities of a service ask the shared library for
 * three names of sixty, and Nest, Swagger and the HTTP server behind the others take longer than the rest of a command.
 */
const { basename, join } = require('node:path');
const { addHook } = require('pirates');
const { transformSync } = require('@swc/core');

const configFile = join(__dirname, '../../../../.swcrc');
const NEIGHBOUR = /\bfrom\s*(['"])(\.[^'"]*)\1/g;

/** https://swc.rs/docs/configuration/modules#lazy; `export *` and `import './x'` stay as they are. */
function moduleOf(code, filename) {
  const isIndex = basename(filename) === 'index.ts';
  return isIndex && { type: 'commonjs', lazy: [...code.matchAll(NEIGHBOUR)].map(([, , path]) => path) };
}

addHook(
  (code, filename) => {
    const module = moduleOf(code, filename);
    return transformSync(code, { filename, configFile, sourceMaps: 'inline', ...(module && { module }) })
      .code;
  },
  { exts: ['.ts'], matcher: (filename) => !filename.endsWith('.d.ts') },
);
