/** A fixture workspace whose one service, user-service, has entities, and the verbs to run on it in this process. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { readConfig } from '../config';
import { generateVerb, type GenerateOptions } from '../executors/migration-generate/executor';
import { migrateVerb } from '../executors/migrate/executor';
import { loadDataSourceOptions } from '../scratch/entities-schema';
import { discoverServices } from '../source/discover-services';
import { createFixtureWorkspace, type FixtureWorkspace, type MigrationSpecs } from './fixture-workspace';

const SERVICE = 'user-service';

export interface EntitySpec {
  /** The classes, decorated; every decorator of TypeORM is in scope. */
  readonly entities: string;
  readonly migrations?: MigrationSpecs;
  /** As for a fixture workspace. */
  readonly serverUrl?: string;
}

export interface Generated {
  readonly exitCode: number;
  readonly printed: string;
}

export interface EntityWorkspace {
  readonly fixture: FixtureWorkspace;
  readonly url: string;
  generate(options?: Partial<GenerateOptions>): Promise<Generated>;
  migrate(): Promise<Generated>;
  /** What TypeORM itself would change in the service's database: a second opinion on whether it fits the entities. */
  differencesByTypeOrm(): Promise<string[]>;
  /** Texts of the service's migrations by file name without extension, in order. */
  migrations(): Promise<Record<string, string>>;
}

export async function createEntityWorkspace({
  entities,
  migrations,
  serverUrl,
}: EntitySpec): Promise<EntityWorkspace> {
  const dataSource = dataSourceText(entities);
  const fixture = await createFixtureWorkspace({
    services: { [SERVICE]: { dataSource, migrations } },
    serverUrl,
  });
  const config = readConfig({
    workspaceRoot: fixture.root,
    services: await discoverServices(fixture.root),
    env: { ...fixture.env },
    interactive: false,
  });
  const collecting = async <Options>(
    verb: (invocation: {
      config: typeof config;
      services: string[];
      options: Options;
      output: { print(text: string): void; progress(): () => void };
    }) => Promise<{ exitCode: number }>,
    options: Options,
  ): Promise<Generated> => {
    const printed: string[] = [];
    const output = { print: (text: string) => void printed.push(text), progress: () => () => undefined };
    const { exitCode } = await verb({ config, services: [SERVICE], options, output });
    return { exitCode, printed: printed.join('\n') };
  };
  return {
    fixture,
    url: fixture.urlOf(SERVICE),
    generate: (options) =>
      collecting(generateVerb, {
        name: 'Change',
        check: false,
        dryRun: false,
        rename: [],
        renameTable: [],
        allowDrop: [],
        default: [],
        ...options,
      }),
    migrate: () =>
      collecting(migrateVerb, {
        sql: false,
        backup: false,
        dryRun: false,
        json: false,
        failFast: false,
        parallel: 1,
        lockTimeoutMs: 1_000,
        statementTimeoutMs: 0,
      }),
    differencesByTypeOrm: async () => {
      const service = config.services[0];
      if (!service) throw new Error('the fixture has no service');
      const dataSource = new DataSource({
        ...loadDataSourceOptions(fixture.root, service, fixture.urlOf(SERVICE)),
        url: fixture.urlOf(SERVICE),
      } as DataSourceOptions);
      await dataSource.initialize();
      try {
        const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
        return upQueries.map(({ query }) => query);
      } finally {
        await dataSource.destroy();
      }
    },
    migrations: () => readMigrations(join(fixture.root, 'apps', SERVICE, 'src/migrations')),
  };
}

/** What a migration's text sends, as a reader sees it. */
export function statementsOf(text: string, method: 'up' | 'down'): string[] {
  const [, body = ''] = new RegExp(`async ${method}\\(.*\\{\\n([^]*?)\\n  \\}\\n`).exec(text) ?? [];
  return body.split('\n').map((line) => line.trim().replace(/^await queryRunner\.query\(`([^]*)`\);$/, '$1'));
}

function dataSourceText(entities: string): string {
  const classes = [...entities.matchAll(/class (\w+)/g)].map(([, name]) => name);
  return [
    `import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';`,
    `import { createDataSource } from '@hockey-hub/shared-lib/src/database/data-source';`,
    entities,
    `export default createDataSource({ service: '${SERVICE}', entities: [${classes.join(', ')}] });`,
    '',
  ].join('\n');
}

async function readMigrations(folder: string): Promise<Record<string, string>> {
  const files = (await readdir(folder, { withFileTypes: true })).map(({ name }) => name).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return Object.fromEntries(files.map((file, index) => [file.replace(/\.ts$/, ''), texts[index] ?? '']));
}
