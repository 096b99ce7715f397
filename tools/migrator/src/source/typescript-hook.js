/**
 * Lets Node require TypeScript, for migrations and for the migrator itself: one transform, swc's, with the
 * workspace's `.swcrc`. Plain JavaScript, because it must load before anything can read TypeScript; a
 * compiled installation has no TypeScript and never loads it. `@swc-node/register` would do as well, but loads
 * the TypeScript compiler, a quarter of a second that every command would pay.
 */
const { join } = require('node:path');
const { addHook } = require('pirates');
const { transformSync } = require('@swc/core');

const configFile = join(__dirname, '../../../../.swcrc');

addHook((code, filename) => transformSync(code, { filename, configFile, sourceMaps: 'inline' }).code, {
  exts: ['.ts'],
  matcher: (filename) => !filename.endsWith('.d.ts'),
});
