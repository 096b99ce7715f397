/** `migration-generate`: the difference between migrations and entities, proven, then written. */
import { MigratorError } from '../../errors';
import {
  checkMigrationName,
  nextTimestamp,
  refuseTakenName,
  renderMigration,
  writeMigration,
} from '../../generate/migration-file';
import type { MigrationFile, Service } from '../../model';
import { EXIT } from '../../report/run-report';
import { loadMigration } from '../../source/load-migration';
import { scanMigrations } from '../../source/scan-migrations';
import { nxExecutor } from '../nx-executor';
import { oneService } from '../one-service';
import { SUCCESS, type Invocation, type VerbResult } from '../verb';

export interface GenerateOptions {
  readonly name?: string;
  readonly check: boolean;
  readonly dryRun: boolean;
  readonly allowDrop: readonly string[];
}

export async function generateVerb(invocation: Invocation<GenerateOptions>): Promise<VerbResult> {
  const { config, options, output } = invocation;
  const service = oneService(invocation);
  const existing = await scanMigrations(config.workspaceRoot, service);
  const name = options.check ? 'Check' : nameFrom(options, service, existing);

  const { generateDifference } = await import('../../generate/generate-migration');
  const difference = await generateDifference({
    workspaceRoot: config.workspaceRoot,
    service,
    url: await config.databaseUrl(service.name),
    migrations: existing.map(loadMigration),
    // A check writes nothing, so there is nothing to be careful about.
    allowDrop: options.check ? 'everything' : options.allowDrop,
  });
  if (!difference) {
    output.print(`${service.name}: entities and migrations agree; nothing was written.`);
    return SUCCESS;
  }
  const migration = { name, timestamp: nextTimestamp(existing), ...difference };
  if (options.check) {
    const message = `${service.name}: the entities differ from the migrations. \`migration-generate --name <Name>\` writes:`;
    const text = [message, ...difference.up.map((statement) => `  ${statement};`)].join('\n');
    output.print(text);
    return { exitCode: EXIT.error, failures: new Map([[service.name, text]]) };
  }
  if (options.dryRun) output.print(renderMigration(migration));
  else output.print(`Wrote ${await writeMigration(config.workspaceRoot, service, existing, migration)}`);
  return SUCCESS;
}

/** Everything that can be refused about a name is, before any work is done. */
function nameFrom({ name }: GenerateOptions, service: Service, existing: readonly MigrationFile[]): string {
  if (name === undefined) {
    throw new MigratorError(
      'BAD_OPTION',
      `--name is missing: nx run ${service.name}:migration-generate --name AddTeams`,
    );
  }
  checkMigrationName(name);
  refuseTakenName(service, existing, name);
  return name;
}

export default nxExecutor(generateVerb);
