/**
 * The difference between a service's migrations and its entities -> migrations that are proven before they are written.
 *
 *   before    = a scratch database with every migration of the folder run
 *   entities  = a scratch database built from the entities
 *
 * The difference of the two catalogs is planned (`planChange`), run in the first one, and taken back (`proveChange`).
 * Entities are never compared with a catalog; that is where lost columns and endless spurious differences come from.
 */
import { compareCatalogs } from '../catalog/compare-catalogs';
import type { Catalog } from '../catalog/catalog';
import { withHandMade, withUnsynchronized } from '../catalog/hand-made';
import { readCatalog, useDefaultPath } from '../catalog/read-catalog';
import type { Migration, Service } from '../model';
import { withConnection } from '../pg/connect';
import { queryOf, type Query } from '../pg/query';
import { fulfilled } from '../scratch/fulfilled';
import { withScratch } from '../scratch/scratch-database';
import { settle } from '../scratch/settle-expressions';
import { NO_DECISIONS, type Decisions } from './decisions';
import { planChange, type ChangePlan } from './plan-change';
import { proveChange, type Proof } from './prove-change';

export interface GenerateRequest {
  readonly workspaceRoot: string;
  readonly service: Service;
  /** Any database on the server where scratch databases are made. */
  readonly url: string;
  /** All of the service's migrations. */
  readonly migrations: readonly Migration[];
}

/** What was decided, from what the two schemas are; it may ask, and it refuses by throwing. */
export type Decide = (before: Catalog, entities: Catalog) => Decisions | Promise<Decisions>;

/**
 * @returns undefined when entities and migrations agree
 * @throws MigratorError GENERATED_MIGRATION_WRONG, MIGRATION_FAILED, NO_ENTITIES, SYNCHRONIZE_ON, and what `decide` throws
 */
export async function generateMigrations(
  request: GenerateRequest,
  decide: Decide,
): Promise<Proof | undefined> {
  return withBothSchemas(request, async (before, entities, query) => {
    if (isSame(before, entities)) return undefined;
    const decisions = await decide(before, entities);
    const plan = planChange(before, entities, decisions);
    return proveChange(query, { service: request.service.name, before, entities, decisions, plan });
  });
}

/**
 * What a migration would do, unproven and with everything allowed.
 * @returns undefined when entities and migrations agree
 * @throws MigratorError MIGRATION_FAILED, NO_ENTITIES, SYNCHRONIZE_ON
 */
export async function findDifference(request: GenerateRequest): Promise<ChangePlan | undefined> {
  return withBothSchemas(request, async (before, entities) =>
    isSame(before, entities)
      ? undefined
      : planChange(before, withHandMade(before, entities), { ...NO_DECISIONS, allowDrop: 'everything' }),
  );
}

function isSame(before: Catalog, entities: Catalog): boolean {
  return compareCatalogs(before, withHandMade(before, entities)).length === 0;
}

/** @param work gets both catalogs, and a session in the database that the migrations made */
async function withBothSchemas<T>(
  { workspaceRoot, service, url, migrations }: GenerateRequest,
  work: (before: Catalog, entities: Catalog, query: Query) => Promise<T>,
): Promise<T> {
  return withScratch(url, service.name, async (scratch) => {
    // Loading TypeORM and the service's entities takes this process about as long as the databases take the server.
    const { urls, done } = await scratch.createSeveral(2, async () => {
      const [{ replay }, { buildEntitiesSchema, loadDataSourceOptions }] = await Promise.all([
        import('../scratch/replay'),
        import('../scratch/entities-schema'),
      ]);
      return { replay, buildEntitiesSchema, options: loadDataSourceOptions(workspaceRoot, service, url) };
    });
    const [replayed = '', built = ''] = urls;
    const readEntities = async () => {
      const unsynchronized = await done.buildEntitiesSchema(done.options, built);
      const catalog = await withConnection(built, service.name, (client) => readSettled(queryOf(client)));
      return { catalog, unsynchronized };
    };
    return withConnection(replayed, service.name, async (client) => {
      const query = queryOf(client);
      const [before, entities] = await Promise.allSettled([
        done.replay(replayed, service.name, migrations).then(() => readSettled(query)),
        readEntities(),
      ]);
      // The databases go when this ends, so neither may still be at work when the other has failed.
      const migrated = fulfilled(before);
      const { catalog, unsynchronized } = fulfilled(entities);
      return work(migrated, withUnsynchronized(migrated, catalog, unsynchronized), query);
    });
  });
}

async function readSettled(query: Query): Promise<Catalog> {
  await useDefaultPath(query);
  await settle(query);
  return readCatalog(query);
}
