/** What every project's tests share: TypeScript through swc, and the ESM-only packages turned to CommonJS. */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['**/*.spec.ts'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json', 'node'],
  transform: {
    '^.+\\.(ts|m?js)$': [
      '@swc/jest',
      {
        swcrc: false,
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          keepClassNames: true,
        },
      },
    ],
  },
  // Published as ES modules only, which Jest cannot require.
  transformIgnorePatterns: ['/node_modules/(?!(@nestjs|uuid|js-tokens|listr2|p-limit)/)'],
  passWithNoTests: true,
};
