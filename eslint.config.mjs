import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';

/** Which rooms of the migrator a room may import, besides itself. One way through the house: see its README. */
const MIGRATOR_ROOMS = {
  graph: ['model'],
  plan: ['model', 'errors', 'graph'],
  report: ['model', 'errors'],
  output: ['model', 'report'],
  pg: ['errors'],
  source: ['model', 'errors'],
  ledger: ['model', 'pg'],
  catalog: ['model', 'errors', 'pg'],
  apply: ['model', 'errors', 'fill-progress', 'migration-warnings', 'resumable-migration', 'pg', 'ledger'],
  scratch: ['model', 'errors', 'other-databases', 'pg', 'apply', 'catalog', 'source', 'config'],
  generate: ['model', 'errors', 'pg', 'source', 'catalog', 'scratch'],
  verify: ['model', 'errors', 'pg', 'source', 'plan', 'catalog', 'scratch', 'conversion'],
  squash: ['model', 'errors', 'pg', 'source', 'plan', 'catalog', 'scratch', 'generate', 'verify'],
  trace: ['model', 'errors', 'other-databases', 'pg', 'apply', 'catalog', 'scratch'],
  lint: ['model', 'errors', 'catalog', 'trace'],
  conversion: [
    'model',
    'errors',
    'fill-progress',
    'migration-warnings',
    'resumable-migration',
    'other-databases',
    'pg',
    'catalog',
  ],
  backup: ['model', 'errors', 'pg', 'catalog', 'scratch'],
  changelog: ['model', 'errors', 'pg', 'plan', 'catalog', 'scratch'],
  read: [
    'model',
    'errors',
    'config',
    'pg',
    'source',
    'ledger',
    'graph',
    'plan',
    'apply',
    'catalog',
    'scratch',
  ],
};

/** A room's own folder leads out by `../`, a folder in it by `../../`. */
const roomRule = (room, allowed, files, wayOut) => ({
  files: [`tools/migrator/src/${room}/${files}`, `src/${room}/${files}`],
  // Specs, and the models that specs are drawn from, may look everywhere.
  ignores: ['**/*.spec.ts', '**/generate/property/**', 'apps/**', 'libs/**'],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^${wayOut}(?!(${allowed.join('|')})(/|$))`,
            message: `The room ${room} may import only: ${allowed.join(', ')}.`,
          },
        ],
      },
    ],
  },
});

const roomRules = Object.entries(MIGRATOR_ROOMS).flatMap(([room, allowed]) => [
  roomRule(room, allowed, '*.ts', '\\.\\./'),
  roomRule(room, allowed, '*/**/*.ts', '\\.\\./\\.\\./'),
]);

/** @param ofTests tags of what apps and libs may import besides libs */
const moduleBoundaries = (ofTests) => [
  'error',
  {
    // A workspace package is imported by its folder where only one light file of it is needed.
    allow: [],
    // A conversion's migrations load their engine when they run; the tests beside them need not wait for it.
    checkDynamicDependenciesExceptions: ['@hockey-hub/migrator/**'],
    banTransitiveDependencies: false,
    depConstraints: [
      // Services know each other through events and ids only, and never the tools that build them.
      { sourceTag: 'type:app', onlyDependOnLibsWithTags: ['type:lib', ...ofTests] },
      { sourceTag: 'type:lib', onlyDependOnLibsWithTags: ['type:lib', ...ofTests] },
      { sourceTag: 'type:tool', onlyDependOnLibsWithTags: ['type:lib', 'type:tool'] },
      // A bench or a trial is run, and imported by nobody: what two of them need is a tool of its own.
      { sourceTag: 'type:trial', onlyDependOnLibsWithTags: ['type:lib', 'type:tool'] },
    ],
  },
];

export default [
  { ignores: ['**/node_modules', '**/dist', '**/tmp', '**/.data', '**/.nx', '**/coverage'] },
  ...nx.configs['flat/base'],
  ...nx.configs['flat/typescript'],
  ...nx.configs['flat/javascript'],
  prettier,
  {
    files: ['**/*.ts', '**/*.js', '**/*.mjs'],
    rules: {
      '@nx/enforce-module-boundaries': moduleBoundaries([]),
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'env',
          message: 'Read the environment in a config file, once, and pass it on.',
        },
        { object: 'process', property: 'exit', message: 'Only an entry file ends the process.' },
      ],
    },
  },
  {
    files: ['**/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', caughtErrors: 'all' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // A non-null assertion says what the type system cannot see; strict code needs a few.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    // Decorators and dependency injection read constructor types at run time: a type-only import would erase them.
    files: ['**/apps/**/*.ts', '**/libs/**/*.ts'],
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  {
    // Tests, and what they share, start servers of their own (dev-services).
    files: ['**/*.spec.ts', '**/test/**', '**/shared-lib/src/testing/**'],
    rules: { '@nx/enforce-module-boundaries': moduleBoundaries(['type:tool']) },
  },
  {
    // A conversion is declared in the words of its engine, and its migrations load the engine when they run, in the migrator.
    files: ['**/src/id-conversions/*.ts', '**/src/migrations/**/*.ts'],
    rules: { '@nx/enforce-module-boundaries': moduleBoundaries(['type:tool']) },
  },
  {
    files: ['**/config.ts', '**/*.config.ts', '**/*.config.js', '**/jest.preset.js', '**/main.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    // Plain JavaScript that loads before anything can read TypeScript.
    files: ['**/*.js'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  ...roomRules,
];
