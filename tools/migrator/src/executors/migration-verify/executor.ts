/** `migration-verify`: up, down, up again in scratch databases with rows; entities; squashes. Changes no database there is. */
import pLimit from 'p-limit';
import { toServiceError } from '../../errors';
import type { MigrationFile, Service } from '../../model';
import { pendingFiles } from '../../plan/service-state';
import { readLedgerOf, refuseUnknown } from '../../read/read-state';
import { EXIT } from '../../report/run-report';
import { loadMigration } from '../../source/load-migration';
import { scanMigrations } from '../../source/scan-migrations';
import { isVerified } from '../../verify/verdict';
import { nxBatch } from '../nx-batch';
import { nxExecutor } from '../nx-executor';
import type { Invocation, VerbResult } from '../verb';
import { renderProgress, renderVerifications, type ServiceOutcome } from './render-verifications';

export interface VerifyOptions {
  readonly all: boolean;
  readonly entities: boolean;
  readonly json: boolean;
}

export async function verifyVerb(invocation: Invocation<VerifyOptions>): Promise<VerbResult> {
  const { config, services, options, output } = invocation;
  refuseUnknown(config, services);
  const limit = pLimit(config.parallel);
  const requested = config.services.filter(({ name }) => services.includes(name));
  const outcomes = await Promise.all(requested.map((service) => limit(verifyOne, invocation, service)));
  output.print(options.json ? JSON.stringify(outcomes, undefined, 2) : renderVerifications(outcomes));
  const failed = outcomes.filter((outcome) => 'error' in outcome || !isVerified(outcome));
  return {
    exitCode: failed.length > 0 ? EXIT.error : EXIT.ok,
    failures: new Map(failed.map((outcome) => [outcome.service, renderVerifications([outcome])])),
  };
}

async function verifyOne(
  { config, options, output, onEvent }: Invocation<VerifyOptions>,
  service: Service,
): Promise<ServiceOutcome> {
  try {
    const files = await scanMigrations(config.workspaceRoot, service);
    const asked = options.all ? files : pendingFiles(files, await readLedgerOf(config, service.name));
    const { verifyService } = await import('../../verify/verify-service');
    let done = 0;
    const verification = await verifyService({
      workspaceRoot: config.workspaceRoot,
      service,
      url: await config.databaseUrl(service.name),
      folder: files.map((file: MigrationFile) => loadMigration(file)),
      asked: new Set(asked.map(({ name }) => name)),
      entities: options.entities,
      onVerdict: (verdict) => {
        done++;
        if (!options.json) output.print(renderProgress(service.name, verdict, done, asked.length));
      },
    });
    if (isVerified(verification)) onEvent?.({ type: 'service-ended', service: service.name });
    return verification;
  } catch (error) {
    return { service: service.name, error: toServiceError(service.name, error) };
  }
}

export default nxExecutor(verifyVerb);
export const batch = nxBatch(verifyVerb);
