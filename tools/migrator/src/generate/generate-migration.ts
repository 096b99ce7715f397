/**
 * The difference between a service's migrations and its entities -> a migration that is proven before it is written.
 *
 *   replayed  = a scratch database with every migration of the folder run
 *   entities  = a scratch database built from the entities
 *
 *   up   = diff(replayed, entities)        down = diff(entities, replayed)
 *   proof: replayed + up equals entities; then + down equals a second replay
 */
import { MigratorError } from '../errors';
import type { Migration, Service } from '../model';
import { withConnection } from '../pg/connect';
import { replay } from '../scratch/replay';
import { withScratchDatabases } from '../scratch/scratch-database';
import { condense } from './condense';
import { losses } from './destructive';
import { diffDatabases } from './diff-databases';
import { buildEntitiesSchema, loadDataSourceOptions } from '../scratch/entities-schema';
import { settleExpressions } from '../scratch/settle-expressions';

export interface Difference {
  readonly up: readonly string[];
  readonly down: readonly string[];
}

export interface GenerateRequest {
  readonly workspaceRoot: string;
  readonly service: Service;
  /** Any database on the server where scratch databases are made. */
  readonly url: string;
  /** All of the service's migrations. */
  readonly migrations: readonly Migration[];
  /** What `up` may drop: `table` or `table.column`. */
  readonly allowDrop: readonly string[] | 'everything';
}

/**
 * @returns undefined when entities and migrations agree
 * @throws MigratorError DESTRUCTIVE_CHANGE, GENERATED_MIGRATION_WRONG, MIGRATION_FAILED, NO_ENTITIES
 */
export async function generateDifference(request: GenerateRequest): Promise<Difference | undefined> {
  const { workspaceRoot, service, url, migrations, allowDrop } = request;
  const options = loadDataSourceOptions(workspaceRoot, service, url);
  return withScratchDatabases(url, service.name, 3, async (replayed, entities, before) => {
    await Promise.all([
      replay(replayed, service.name, migrations),
      buildEntitiesSchema(options, entities),
      replay(before, service.name, migrations),
    ]);
    await Promise.all(
      [replayed, entities, before].map((scratch) => settleExpressions(scratch, service.name)),
    );
    const forth = await diffDatabases(replayed, entities);
    if (forth.length === 0) return undefined;
    refuseLosses(service, forth, allowDrop);
    const back = await diffDatabases(entities, replayed);
    const up = condense(forth, back);
    const down = condense(back, forth);
    await prove(service, 'up', up, replayed, entities);
    await prove(service, 'down', down, replayed, before);
    return { up, down };
  });
}

/** Runs the statements as a migration would, in one transaction, and compares what came of it. */
async function prove(
  service: Service,
  method: 'up' | 'down',
  statements: readonly string[],
  url: string,
  expectedUrl: string,
): Promise<void> {
  await withConnection(url, service.name, async (client) => {
    try {
      await client.query('BEGIN');
      for (const statement of statements) await client.query(statement);
      await client.query('COMMIT');
    } catch (error) {
      throw wrong(
        service,
        method,
        `it fails: ${error instanceof Error ? error.message : String(error)}`,
        error,
      );
    }
  });
  const rest = await diffDatabases(url, expectedUrl);
  if (rest.length > 0) throw wrong(service, method, `these differences would stay:\n  ${rest.join('\n  ')}`);
}

function wrong(service: Service, method: string, problem: string, cause?: unknown): MigratorError {
  return new MigratorError(
    'GENERATED_MIGRATION_WRONG',
    `${service.name}: the generated ${method} was run in a scratch database and is wrong; ${problem}\n` +
      'Nothing was written. Write this migration by hand, starting from `migration-create`.',
    { cause },
  );
}

function refuseLosses(service: Service, up: readonly string[], allowed: GenerateRequest['allowDrop']): void {
  if (allowed === 'everything') return;
  const refused = losses(up).filter((loss) => !allowed.includes(loss));
  if (refused.length === 0) return;
  throw new MigratorError(
    'DESTRUCTIVE_CHANGE',
    `${service.name}: the entities no longer have ${refused.join(', ')}; the migration would drop it with everything in it. ` +
      `If that is meant, say so:\n  ${refused.map((loss) => `--allow-drop ${loss}`).join(' ')}\n` +
      'If it was renamed or moved, write the migration by hand (`migration-create`): a rename is never guessed.',
  );
}
