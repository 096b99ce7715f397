/** `migration-create`: an empty migration with the right name, class and timestamp. */
import { checkMigrationName, nextTimestamp, writeMigration } from '../../generate/migration-file';
import { scanMigrations } from '../../source/scan-migrations';
import { nxExecutor } from '../nx-executor';
import { oneService } from '../one-service';
import { SUCCESS, type Invocation, type VerbResult } from '../verb';

export interface CreateOptions {
  readonly name: string;
}

export async function createVerb(invocation: Invocation<CreateOptions>): Promise<VerbResult> {
  const { config, options, output } = invocation;
  const service = oneService(invocation);
  checkMigrationName(options.name);
  const existing = await scanMigrations(config.workspaceRoot, service);
  const migration = { name: options.name, timestamp: nextTimestamp(existing), up: [], down: [] };
  output.print(`Wrote ${await writeMigration(config.workspaceRoot, service, existing, migration)}`);
  return SUCCESS;
}

export default nxExecutor(createVerb);
