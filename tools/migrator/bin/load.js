/**
 * Requires a module of `src`, as TypeScript from a checkout or as JavaScript from a compiled installation. Entry files
 * use it, because Nx's own transpiler costs half a second and is gone when an executor loads something later.
 */
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const source = join(__dirname, '../src');

/** @param {string} module relative to `src`, without extension */
module.exports = function load(module) {
  if (existsSync(join(source, `${module}.ts`))) require(join(source, 'source/typescript-hook.js'));
  return require(join(source, module));
};
