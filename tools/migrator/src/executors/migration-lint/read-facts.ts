/** Everything that lint's rules look at, for one service: files, entities, and what the migrations do when they run. */
import pLimit from 'p-limit';
import type { MigratorConfig } from '../../config';
import type { MigrationFacts, EntityFacts, ServiceFacts } from '../../lint/facts';
import { runSquawk } from '../../lint/run-squawk';
import { EXCLUDED_RULES } from '../../lint/squawk-rules';
import type { Migration, Service } from '../../model';
import { withConnection } from '../../pg/connect';
import { withDatabase } from '../../pg/connection-url';
import { MAINTENANCE_DATABASE } from '../../pg/create-database';
import { parseReference } from '../../plan/service-state';
import { namedBy } from '../../plan/squashes';
import type { Scanner } from '../../source/scan-migrations';
import { traceWithRows, type TracedMigration } from '../../trace/trace-with-rows';

/** The entities of any service; null without. */
export type EntityReader = (service: Service, url: string) => Promise<EntityFacts | null>;

export interface Sources {
  readonly scan: Scanner;
  readonly entitiesOf: EntityReader;
}

export interface ReadFacts {
  readonly facts: ServiceFacts;
  readonly traced: readonly TracedMigration[];
}

/** @param migrations from an empty database on, in order */
export async function readFacts(
  config: MigratorConfig,
  service: Service,
  migrations: readonly Migration[],
  { scan, entitiesOf }: Sources,
): Promise<ReadFacts> {
  const url = await config.databaseUrl(service.name);
  const { known, others } = await aroundService(config, service, migrations, url, { scan, entitiesOf });
  const entities = await entitiesOf(service, url);
  const traced = await traceWithRows(url, service.name, migrations);
  const postgresVersion = await readPostgresVersion(url, service.name);
  const atOnce = pLimit(config.parallel);
  return {
    traced,
    facts: {
      service: service.name,
      migrations: await Promise.all(traced.map((one) => atOnce(() => withSquawk(one, postgresVersion)))),
      entities,
      others,
      isKnown: (reference) => known.has(reference),
      now: Date.now(),
    },
  };
}

/** What the service's migrations and entities refer to in other services. */
async function aroundService(
  config: MigratorConfig,
  service: Service,
  migrations: readonly Migration[],
  url: string,
  { scan, entitiesOf }: Sources,
): Promise<{ known: Set<string>; others: Map<string, EntityFacts> }> {
  const known = new Set<string>();
  for (const reference of migrations.flatMap(({ dependsOn }) => dependsOn)) {
    const named = parseReference(reference);
    const owner = config.services.find(({ name }) => name === named?.service);
    if (named && owner && namedBy(await scan(owner), named.name)) known.add(reference);
  }
  const others = new Map<string, EntityFacts>();
  for (const other of config.services) {
    const entities = other.name === service.name ? null : await entitiesOf(other, url);
    if (entities) others.set(other.name, entities);
  }
  return { known, others };
}

async function withSquawk(
  { migration, trace, after, refusedByRows }: TracedMigration,
  postgresVersion: string,
): Promise<MigrationFacts> {
  const squawk = await runSquawk(trace.statements, {
    transaction: migration.transaction,
    postgresVersion,
    exclude: EXCLUDED_RULES,
  });
  return { migration, trace, after, refusedByRows, squawk };
}

/** As squawk takes it: `18.0`. */
async function readPostgresVersion(url: string, service: string): Promise<string> {
  const maintenance = withDatabase(url, MAINTENANCE_DATABASE, service);
  return withConnection(maintenance, service, async (client) => {
    const { rows } = await client.query<{ number: string }>(
      `SELECT current_setting('server_version_num') AS number`,
    );
    return `${Math.floor(Number(rows[0]!.number) / 10_000)}.0`;
  });
}
