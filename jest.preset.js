const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const swc = JSON.parse(readFileSync(join(__dirname, '.swcrc'), 'utf8'));

/** What every project's tests share: TypeScript through swc, and the ESM-only packages turned to CommonJS. */
module.exports = {
  testEnvironment: 'node',
  // One throw-away Postgres server for each run; each test makes databases of its own on it.
  globalSetup: join(__dirname, 'tools/dev-services/src/testing/jest-global-setup.ts'),
  globalTeardown: join(__dirname, 'tools/dev-services/src/testing/jest-global-teardown.ts'),
  testMatch: ['**/*.spec.ts'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json', 'node'],
  transform: { '^.+\\.(ts|m?js)$': ['@swc/jest', { ...swc, swcrc: false, sourceMaps: 'inline' }] },
  // Published as ES modules only, which Jest cannot require.
  transformIgnorePatterns: ['/node_modules/(?!(@nestjs|uuid|js-tokens|listr2|p-limit|yocto-queue)/)'],
  passWithNoTests: true,
};
