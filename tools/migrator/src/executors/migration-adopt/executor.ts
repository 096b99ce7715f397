/** `migration-adopt`: a database that has tables and no ledger is compared with the baseline migration, and recorded. */
import { nxExecutor } from '../nx-executor';
import { oneService } from '../one-service';
import { SUCCESS, type Invocation, type VerbResult } from '../verb';

export interface AdoptOptions {
  readonly baseline?: string;
  readonly dryRun: boolean;
  readonly allowSuperuser: boolean;
}

export async function adoptVerb(invocation: Invocation<AdoptOptions>): Promise<VerbResult> {
  const { config, options, output } = invocation;
  const service = oneService(invocation);
  // It replays, which needs TypeORM.
  const { adopt } = await import('./adopt');
  const recorded = await adopt(config, {
    ...options,
    service,
    onWait: (holder) =>
      output.print(`${service.name}: another migrator is at work (${holder}); waiting for it`),
  });
  const names = recorded.map(({ name }) => `  ${name}`).join('\n');
  output.print(
    options.dryRun
      ? `${service.name}: its schema is the baseline's. Would record as applied, without running them:\n${names}\nDry run: nothing was changed.`
      : `${service.name}: its schema is the baseline's. Recorded as applied, without running them:\n${names}`,
  );
  output.print(
    'Rows were not compared: if these migrations insert any, see that they are there. `migrate` goes on from here.',
  );
  return SUCCESS;
}

export default nxExecutor(adoptVerb);
