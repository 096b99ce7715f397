/**
 * The Nx plugin: every project with a `src/data-source.ts` gets the migrator's targets. It runs inside every Nx command,
 * so it imports nothing that has to be loaded: types only.
 */
import type { CreateNodesV2, TargetConfiguration } from '@nx/devkit';

const PACKAGE = '@hockey-hub/migrator';
const DATA_SOURCE_GLOB = 'apps/*/src/data-source.ts';
const DATA_SOURCE = '/src/data-source.ts';

const target = (verb: string, description: string, rest: TargetConfiguration = {}): TargetConfiguration => ({
  executor: `${PACKAGE}:${verb}`,
  // What a verb does depends on a database, which no cache key knows.
  cache: false,
  metadata: { description },
  ...rest,
});

const targets: Record<string, TargetConfiguration> = {
  // The services it depends on come into the same batch: one process, one plan.
  migrate: target('migrate', 'Apply pending migrations, in dependency order', { dependsOn: ['^migrate'] }),
  'migration-generate': target('migration-generate', 'Write a migration from the entities: --name AddTeams'),
  'migration-create': target('migration-create', 'Write an empty migration: --name AddTeams'),
  'migration-revert': target('migration-revert', 'Revert the newest migration, or --steps, or --to'),
  'migration-status': target('migration-status', 'Show what is applied, pending and drifted'),
};

export const createNodesV2: CreateNodesV2 = [
  DATA_SOURCE_GLOB,
  (files) =>
    files.map((file) => [file, { projects: { [file.slice(0, -DATA_SOURCE.length)]: { targets } } }] as const),
];
