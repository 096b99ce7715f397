/** `migration-status`: what every requested database has and lacks, compared with the folders. Reads only. */
import { toServiceError } from '../../errors';
import { readLedgerOf, refuseUnknown } from '../../read/read-state';
import type { ServiceStatus } from '../../model';
import { failedStatus, serviceStatus } from '../../plan/service-status';
import { renderStatus, statusExitCode } from '../../report/status-report';
import { scanMigrations } from '../../source/scan-migrations';
import { nxBatch } from '../nx-batch';
import { nxExecutor } from '../nx-executor';
import type { Invocation, VerbResult } from '../verb';

export interface StatusOptions {
  /** Whether to compare the live schema with the replayed one, too. */
  readonly schema: boolean;
  readonly json: boolean;
}

export async function statusVerb({
  config,
  services,
  options,
  output,
}: Invocation<StatusOptions>): Promise<VerbResult> {
  refuseUnknown(config, services);
  const requested = config.services.filter(({ name }) => services.includes(name));
  const statuses = await Promise.all(
    requested.map(async (service): Promise<ServiceStatus> => {
      try {
        const ledger = readLedgerOf(config, service.name);
        const files = await scanMigrations(config.workspaceRoot, service);
        const status = serviceStatus(files, await ledger);
        if (!options.schema || status.state !== 'present') return status;
        // A replay needs TypeORM, which a status without it is spared loading.
        const { schemaDriftOf } = await import('../../read/schema-drift');
        return { ...status, schemaDrift: await schemaDriftOf(config, service.name, files) };
      } catch (error) {
        return failedStatus(service.name, toServiceError(service.name, error));
      }
    }),
  );
  output.print(options.json ? JSON.stringify(statuses, undefined, 2) : renderStatus(statuses));
  const failures = statuses.filter((status) => statusExitCode([status]) !== 0);
  return {
    exitCode: statusExitCode(statuses),
    failures: new Map(
      failures.map((status) => [status.service, status.error?.message ?? renderStatus([status])]),
    ),
  };
}

export default nxExecutor(statusVerb);
export const batch = nxBatch(statusVerb);
