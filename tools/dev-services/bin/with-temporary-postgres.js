#!/usr/bin/env node
/**
 * Runs commands one after the other against a server that is thrown away afterwards, and ends with the first exit code
 * that is not 0:
 *
 *   node tools/dev-services/bin/with-temporary-postgres.js 'nx run-many -t migrate' 'nx run-many -t migration-status'
 */
require('@swc-node/register');
const { runWithTemporaryPostgres } = require('../src/testing/run-with-temporary-postgres');

runWithTemporaryPostgres(process.argv.slice(2)).then((exitCode) => {
  process.exitCode = exitCode;
});
