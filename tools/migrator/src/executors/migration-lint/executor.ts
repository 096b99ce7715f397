/** `migration-lint`: every migration read, run on synthetic rows and judged. Touches no database but scratch ones. */
import pLimit from 'p-limit';
import type { MigratorConfig } from '../../config';
import { MigratorError, toServiceError } from '../../errors';
import { lintService } from '../../lint/lint-service';
import type { Service } from '../../model';
import { readLedgerOf, refuseUnknown } from '../../read/read-state';
import { loadMigration } from '../../source/load-migration';
import { scanOnce } from '../../source/scan-migrations';
import { readSourceMaps } from '../../trace/calling-line';
import { nxBatch } from '../nx-batch';
import { nxExecutor } from '../nx-executor';
import type { Invocation, VerbResult } from '../verb';
import { countErrors, type ServiceLint } from './lint-report';
import { readEntities } from './read-entities';
import { readFacts, type Sources } from './read-facts';
import { renderGithub } from './render-github';
import { renderHuman } from './render-human';
import { roadOf } from './road';

export interface LintOptions {
  readonly format: 'human' | 'json' | 'github';
  readonly pending: boolean;
}

const RENDERERS: Readonly<Record<LintOptions['format'], (services: readonly ServiceLint[]) => string>> = {
  human: renderHuman,
  json: (services) => JSON.stringify(services, undefined, 2),
  github: renderGithub,
};

export async function lintVerb({
  config,
  services,
  options,
  output,
}: Invocation<LintOptions>): Promise<VerbResult> {
  const render = rendererOf(options.format);
  refuseUnknown(config, services);
  readSourceMaps();
  const sources: Sources = { scan: scanOnce(config.workspaceRoot), entitiesOf: entitiesOnce(config) };
  const atOnce = pLimit(config.parallel);
  const requested = config.services.filter(({ name }) => services.includes(name));
  const reports = await Promise.all(
    requested.map((service) => atOnce(() => lintOf(config, service, options, sources))),
  );
  output.print(render(reports));
  const failed = reports.filter((report) => countErrors(report) > 0);
  return {
    exitCode: failed.length === 0 ? 0 : 1,
    failures: new Map(failed.map((report) => [report.service, whyFailed(report)])),
  };
}

async function lintOf(
  config: MigratorConfig,
  service: Service,
  { pending }: LintOptions,
  sources: Sources,
): Promise<ServiceLint> {
  try {
    const ledger = pending ? await readLedgerOf(config, service.name) : undefined;
    const { run, judged } = roadOf(service.name, await sources.scan(service), ledger);
    if (judged.size === 0) return { service: service.name, migrations: [] };
    const { facts, traced } = await readFacts(config, service, run.map(loadMigration), sources);
    const findings = lintService(facts);
    return {
      service: service.name,
      migrations: traced
        .filter(({ migration }) => judged.has(migration.name))
        .map(({ migration, trace, withoutRows }) => ({
          trace,
          file: migration.file,
          withoutRows,
          findings: findings.filter((finding) => finding.migration === migration.name),
        })),
    };
  } catch (error) {
    return { service: service.name, migrations: [], error: toServiceError(service.name, error) };
  }
}

function whyFailed(report: ServiceLint): string {
  return report.error?.message ?? `${report.service}: errors in its migrations: ${countErrors(report)}`;
}

/** Every service is judged beside the entities of all others; each is loaded once. */
function entitiesOnce({ workspaceRoot }: MigratorConfig): Sources['entitiesOf'] {
  const read = new Map<string, ReturnType<Sources['entitiesOf']>>();
  return (service, url) => {
    const entities = read.get(service.name) ?? readEntities(workspaceRoot, service, url);
    read.set(service.name, entities);
    return entities;
  };
}

/** Nx checks values against the schema, the command line does not. */
function rendererOf(format: string): (services: readonly ServiceLint[]) => string {
  if (Object.hasOwn(RENDERERS, format)) return RENDERERS[format as LintOptions['format']];
  throw new MigratorError(
    'BAD_OPTION',
    `--format ${format}: the formats are ${Object.keys(RENDERERS).join(', ')}.`,
  );
}

export default nxExecutor(lintVerb);
export const batch = nxBatch(lintVerb);
