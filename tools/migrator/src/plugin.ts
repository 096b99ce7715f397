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
  'migration-changelog': target('migration-changelog', 'Write what the migrations changed: --check'),
  'migration-create': target('migration-create', 'Write an empty migration: --name AddTeams'),
  'migration-revert': target('migration-revert', 'Revert the newest migration, or --steps, or --to'),
  'migration-status': target('migration-status', 'Show what is applied, pending and drifted'),
  'migration-lint': target('migration-lint', 'Find what is dangerous in migrations before they run'),
  'migration-rehearse': target('migration-rehearse', 'Run what migrate would run on copies, and measure it'),
  backup: target('backup', 'Back up the database; --verify restores the backup and compares'),
  'backup-list': target('backup-list', 'List the backups, the newest first'),
  restore: target('restore', 'Restore a backup: --to-database, or --replace'),
  'migration-verify': target(
    'migration-verify',
    'Prove migrations in scratch databases: up, down, up again, with rows',
  ),
  'migration-adopt': target(
    'migration-adopt',
    'Record the baseline in a database that has tables and no history: --baseline InitialSchema',
  ),
  'migration-squash': target(
    'migration-squash',
    'Make one migration of many, proven equal: --name InitialSchema',
  ),
  'conversion-status': target('conversion-status', 'Show how far the id conversions are'),
  'conversion-verify': target('conversion-verify', 'Prove every row, reference and id of the conversions'),
  'conversion-pause': target('conversion-pause', 'Pause the fills of id conversions'),
  'conversion-resume': target('conversion-resume', 'Let paused fills go on: --workers, --batch-ms'),
};

export const createNodesV2: CreateNodesV2 = [
  DATA_SOURCE_GLOB,
  (files) =>
    files.map((file) => [file, { projects: { [file.slice(0, -DATA_SOURCE.length)]: { targets } } }] as const),
];
