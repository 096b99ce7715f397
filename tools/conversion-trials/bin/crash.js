#!/usr/bin/env node
/**
 * The crash test of the id conversion, with its exit codes (src/crash/main.ts):
 *
 *   node tools/conversion-trials/bin/crash.js --seed 7 --minutes 5 [--runs 2] [--postgres 15] [--json] [--record]
 */
const { join } = require('node:path');
const { parseArgs } = require('node:util');

const { readDefaultTsConfig } = require('@swc-node/register/read-default-tsconfig');
const { register } = require('@swc-node/register/register');

const workspaceRoot = join(__dirname, '../../..');
process.chdir(workspaceRoot);
register(readDefaultTsConfig(join(workspaceRoot, 'tsconfig.base.json')));
const { EXIT, main } = require('../src/crash/main');
const { CRASH_OPTIONS } = require('../src/crash/options');

const options = Object.fromEntries(Object.entries(CRASH_OPTIONS).map(([name, { type }]) => [name, { type }]));
try {
  main(parseArgs({ options }).values).then((exitCode) => {
    process.exitCode = exitCode;
  });
} catch (error) {
  if (!String(error.code).startsWith('ERR_PARSE_ARGS')) throw error;
  const known = Object.entries(CRASH_OPTIONS).map(([name, { description }]) => `  --${name}: ${description}`);
  console.error(`${error.message}\nThe options:\n${known.join('\n')}`);
  process.exitCode = EXIT.notMade;
}
