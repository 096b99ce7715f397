const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const swc = JSON.parse(readFileSync(join(__dirname, '.swcrc'), 'utf8'));

/** What every project's tests share: TypeScript through swc, and the ESM-only packages turned to CommonJS. */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['**/*.spec.ts'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json', 'node'],
  transform: { '^.+\\.(ts|m?js)$': ['@swc/jest', { ...swc, swcrc: false, sourceMaps: 'inline' }] },
  // Published as ES modules only, which Jest cannot require.
  transformIgnorePatterns: ['/node_modules/(?!(@nestjs|uuid|js-tokens|listr2|p-limit)/)'],
  passWithNoTests: true,
};
