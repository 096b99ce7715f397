/** Pure: a synthetic service -> the text of its files, by path relative to its folder. */
import { databaseNameOf } from '@hockey-hub/shared-lib/src/database/database-url';
import type { SyntheticService } from './services';
import { tableMigrations, type SyntheticMigration, type SyntheticStatement } from './table-migrations';

const FIRST_TIMESTAMP = 1_700_000_000_000;
const BETWEEN_MIGRATIONS_MS = 60_000;

export function serviceFiles({ name, dependsOn, tables }: SyntheticService): Record<string, string> {
  const migrations = tables.flatMap((table, index) => tableMigrations(table, tables[index - 1]));
  return {
    'project.json': JSON.stringify({ name, implicitDependencies: dependsOn }),
    'src/data-source.ts': dataSource(name),
    ...Object.fromEntries(
      migrations.map((migration, index) => {
        const timestamp = FIRST_TIMESTAMP + index * BETWEEN_MIGRATIONS_MS;
        return [`src/migrations/${timestamp}-${migration.name}.ts`, migrationFile(migration, timestamp)];
      }),
    ),
  };
}

/** What the TypeORM CLI reads, with no more in it than it needs; a transaction for each migration, as with the others. */
function dataSource(service: string): string {
  return `import { join } from 'node:path';
import { DataSource } from 'typeorm';

const url = new URL(process.env.DATABASE_URL!);
url.pathname = '/${databaseNameOf(service)}';

export default new DataSource({
  type: 'postgres',
  url: url.href,
  migrations: [join(__dirname, 'migrations/*.ts')],
  migrationsTransactionMode: 'each',
  installExtensions: false,
});
`;
}

function migrationFile({ name, up, down }: SyntheticMigration, timestamp: number): string {
  return `import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ${name}${timestamp} implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
${up.map(call).join('\n')}
  }

  async down(queryRunner: QueryRunner): Promise<void> {
${down.map(call).join('\n')}
  }
}
`;
}

function call({ sql, parameters }: SyntheticStatement): string {
  const more = parameters ? `, ${JSON.stringify(parameters)}` : '';
  return `    await queryRunner.query(${JSON.stringify(sql)}${more});`;
}
