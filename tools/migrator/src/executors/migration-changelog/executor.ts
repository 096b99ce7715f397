/**
 * `migration-changelog`: what the migrations did, found out in scratch databases, and the schema they end in, as files of
 * the repository. With `--check` it only says which of them are not as they should be.
 */
import pLimit from 'p-limit';
import { readGitHistory, type GitHistory } from '../../changelog/git-history';
import { MigratorError, toReportedError, toServiceError } from '../../errors';
import { refuseUnknown } from '../../read/read-state';
import { EXIT } from '../../report/run-report';
import { MIGRATIONS_FOLDER } from '../../source/scan-migrations';
import { nxBatch } from '../nx-batch';
import { nxExecutor } from '../nx-executor';
import type { Invocation, VerbResult } from '../verb';
import { crossServiceDocument } from './cross-service-document';
import { staleDocuments, writeDocument, type Document, type StaleDocument } from './document';
import { documentsOfService } from './documents-of-service';

export interface ChangelogOptions {
  readonly check: boolean;
  readonly dryRun: boolean;
  readonly release?: string;
}

export async function changelogVerb(invocation: Invocation<ChangelogOptions>): Promise<VerbResult> {
  const { config, services, options, output } = invocation;
  refuseUnknown(config, services);
  const releases = { git: await gitHistory(invocation), announced: options.release };
  const failures = new Map<string, string>();

  const limit = pLimit(config.parallel);
  const requested = config.services.filter(({ name }) => services.includes(name));
  await Promise.all(
    requested.map((service) =>
      limit(async () => {
        const failure = await settle(invocation, `nx run ${service.name}:migration-changelog`, () =>
          documentsOfService(config, service, releases),
        ).catch((error: unknown) => toServiceError(service.name, error).message);
        if (failure !== undefined) failures.set(service.name, failure);
      }),
    ),
  );
  const ofPlatform =
    requested.length < config.services.length
      ? undefined
      : await settle(invocation, 'nx run-many -t migration-changelog', async () => [
          await crossServiceDocument(config),
        ]).catch((error: unknown) => toReportedError(error).message);
  const told = [...failures.values(), ...(ofPlatform === undefined ? [] : [ofPlatform])];
  if (told.length > 0) output.print(told.join('\n'));
  return { exitCode: told.length > 0 ? EXIT.error : EXIT.ok, failures };
}

/** @returns what is wrong: files that are stale, when nothing may be written */
async function settle(
  { config: { workspaceRoot }, options, output }: Invocation<ChangelogOptions>,
  command: string,
  read: () => Promise<Document[]>,
): Promise<string | undefined> {
  const documents = await read();
  const stale = await staleDocuments(workspaceRoot, documents);
  for (const document of documents) {
    if (!stale.some(({ path }) => path === document.path)) output.print(`${document.path} is up to date`);
    else if (options.check) continue;
    else if (options.dryRun) output.print(`${document.path} would be:\n\n${document.text}`);
    else {
      await writeDocument(workspaceRoot, document);
      output.print(`Wrote ${document.path}`);
    }
  }
  return options.check && stale.length > 0 ? describeStale(stale, command) : undefined;
}

function describeStale(stale: readonly StaleDocument[], command: string): string {
  const files = stale.map(({ path, line }) =>
    line === null ? `${path} is missing` : `${path} is stale from line ${line} on`,
  );
  return `${files.join(', ')}: \`npx ${command}\` writes what the migrations do.`;
}

/** A check does without git's history, in a shallow clone or an image, and takes the releases from the changelog as it is. */
async function gitHistory({
  config,
  options,
  output,
}: Invocation<ChangelogOptions>): Promise<GitHistory | undefined> {
  try {
    return await readGitHistory(config.workspaceRoot, [`:(glob)**/${MIGRATIONS_FOLDER}/*`]);
  } catch (error) {
    if (!options.check || !(error instanceof MigratorError)) throw error;
    output.print(`Under which release a migration stands was not checked: ${error.message}`);
    return undefined;
  }
}

export default nxExecutor(changelogVerb);
export const batch = nxBatch(changelogVerb);
