/** `migration-squash`: many migrations become one, proven equal, then written. The old files stay until nobody needs them. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MigratorError } from '../../errors';
import { checkMigrationName, refuseTakenName } from '../../generate/migration-file';
import type { Migration } from '../../model';
import { loadMigration } from '../../source/load-migration';
import { MIGRATIONS_FOLDER, scanMigrations } from '../../source/scan-migrations';
import { carriedDependencies } from '../../squash/carried-dependencies';
import { renderSquash } from '../../squash/squash-file';
import { squashRange } from '../../squash/squash-range';
import { nxExecutor } from '../nx-executor';
import { oneService } from '../one-service';
import { SUCCESS, type Invocation, type VerbResult } from '../verb';

export interface SquashOptions {
  readonly name: string;
  readonly from?: string;
  readonly to?: string;
  readonly dryRun: boolean;
}

export async function squashVerb(invocation: Invocation<SquashOptions>): Promise<VerbResult> {
  const { config, options, output } = invocation;
  const service = oneService(invocation);
  checkMigrationName(options.name);
  const folderOf = async (other: typeof service): Promise<Migration[]> =>
    (await scanMigrations(config.workspaceRoot, other)).map((file) => loadMigration(file));
  const folder = await folderOf(service);
  refuseTakenName(service, folder, options.name);
  const range = squashRange({ service: service.name, folder, ...options });
  const folders = await Promise.all(
    config.services.map(
      async (other) => [other, other === service ? folder : await folderOf(other)] as const,
    ),
  );
  const dependsOn = carriedDependencies(range, options.name, new Map(folders));

  const { squashMigrations } = await import('../../squash/squash-migrations');
  const url = await config.databaseUrl(service.name);
  const squashed = await squashMigrations({
    ...range,
    service: service.name,
    url,
    folder,
    name: options.name,
  });
  const { timestamp, members } = range;
  const replaces = members.map(({ name }) => name);
  const text = renderSquash({ ...squashed, name: options.name, timestamp, replaces, dependsOn });
  if (options.dryRun) {
    output.print(text);
    return SUCCESS;
  }
  const file = `${service.root}/${MIGRATIONS_FOLDER}/${timestamp}-${options.name}.ts`;
  await write(join(config.workspaceRoot, file), text, file);
  const because = squashed.recordedBecause;
  output.print(
    [
      `Wrote ${file}, which replaces ${replaces.join(', ')}.`,
      because === undefined
        ? 'It makes their schema and the rows they seed, in one go.'
        : `It runs their statements as they were recorded, for the shorter way would not make the same: ${because}`,
      ...gates(members),
      'Proven: a new database that runs it alone has the schema and the seeded rows of one that ran them all.',
      `Keep the old files until \`migration-status\` shows ${options.name}${timestamp} as applied in every database there is; then delete them.`,
    ].join('\n'),
  );
  return SUCCESS;
}

/** A new database has nothing that a gate protects; others run the gated migration itself. */
function gates(members: readonly Migration[]): string[] {
  const gated = members.filter(({ gate }) => gate !== undefined).map(({ name }) => name);
  return gated.length === 0
    ? []
    : [`It has no gate, though ${gated.join(', ')} had one: in a new database there is nothing to wait for.`];
}

async function write(path: string, text: string, file: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new MigratorError('MIGRATION_EXISTS', `${file} is there already. Choose another --name.`, {
      cause: error,
    });
  }
}

export default nxExecutor(squashVerb);
