#!/usr/bin/env node
/**
 * The run without Nx, with its exit codes (src/main.ts):
 *
 *   node tools/chaos/bin/chaos.js --seed 7 --minutes 2 [--postgres 15] [--json] [--record] [--keep]
 */
const { join } = require('node:path');
const { parseArgs } = require('node:util');

const { readDefaultTsConfig } = require('@swc-node/register/read-default-tsconfig');
const { register } = require('@swc-node/register/register');

const workspaceRoot = join(__dirname, '../../..');
process.chdir(workspaceRoot);
register(readDefaultTsConfig(join(workspaceRoot, 'tsconfig.base.json')));
const { properties } = require('../src/executors/chaos/schema.json');
const { EXIT, main } = require('../src/main');

const options = Object.fromEntries(
  Object.entries(properties).map(([name, { type }]) => [
    name,
    { type: type === 'boolean' ? type : 'string' },
  ]),
);
try {
  main(parseArgs({ options }).values).then((exitCode) => {
    process.exitCode = exitCode;
  });
} catch (error) {
  if (!String(error.code).startsWith('ERR_PARSE_ARGS')) throw error;
  console.error(
    `${error.message}\nThe options: ${Object.keys(properties)
      .map((name) => `--${name}`)
      .join(', ')}`,
  );
  process.exitCode = EXIT.notMade;
}
