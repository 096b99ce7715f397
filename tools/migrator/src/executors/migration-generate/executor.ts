/** `migration-generate`: the difference between migrations and entities, proven, then written. */
import { MigratorError } from '../../errors';
import type { GenerateRequest } from '../../generate/generate-migration';
import {
  checkMigrationName,
  nextTimestamp,
  refuseTakenName,
  renderMigration,
  writeMigration,
  type NewMigration,
} from '../../generate/migration-file';
import { ONLINE_SUFFIX } from '../../generate/new-migrations';
import type { MigrationFile, Service } from '../../model';
import type { Output } from '../../output/output';
import { newDatabaseRoad } from '../../plan/service-state';
import { EXIT } from '../../report/run-report';
import { loadMigration } from '../../source/load-migration';
import { scanMigrations } from '../../source/scan-migrations';
import { nxExecutor } from '../nx-executor';
import { oneService } from '../one-service';
import { SUCCESS, type Invocation, type VerbResult } from '../verb';
import { askOnTerminal } from './ask-on-terminal';

export interface GenerateOptions {
  readonly name?: string;
  readonly check: boolean;
  readonly dryRun: boolean;
  readonly rename: readonly string[];
  readonly renameTable: readonly string[];
  readonly allowDrop: readonly string[];
  readonly default: readonly string[];
}

export async function generateVerb(invocation: Invocation<GenerateOptions>): Promise<VerbResult> {
  const { config, options, output } = invocation;
  const service = oneService(invocation);
  const existing = await scanMigrations(config.workspaceRoot, service);
  const name = options.check ? '' : nameFrom(options, service, existing);
  const request = {
    workspaceRoot: config.workspaceRoot,
    service,
    url: await config.databaseUrl(service.name),
    migrations: newDatabaseRoad(service.name, existing).map(loadMigration),
  };
  if (options.check) return check(request, output);

  const [{ generateMigrations }, { parseDecisions }, { resolveRefusals }, { newMigrations }] =
    await Promise.all([
      import('../../generate/generate-migration'),
      import('../../generate/parse-decisions'),
      import('../../generate/resolve-refusals'),
      import('../../generate/new-migrations'),
    ]);
  const ask = config.interactive && process.stdin.isTTY ? askOnTerminal : undefined;
  const proof = await generateMigrations(request, (before, entities) =>
    resolveRefusals(service.name, before, entities, parseDecisions(options, before, entities), ask),
  );
  if (!proof) {
    output.print(agreement(service));
    return SUCCESS;
  }
  const migrations = newMigrations(proof, name, nextTimestamp(existing));
  for (const migration of migrations) {
    if (options.dryRun) output.print(renderMigration(migration));
    else output.print(`Wrote ${await writeMigration(config.workspaceRoot, service, existing, migration)}`);
  }
  for (const note of notesOn(migrations, proof.withoutRows)) output.print(note);
  return SUCCESS;
}

/** A check writes nothing, so there is nothing to be careful about, and nothing to prove. */
async function check(request: GenerateRequest, output: Output): Promise<VerbResult> {
  const { service } = request;
  const { findDifference } = await import('../../generate/generate-migration');
  const difference = await findDifference(request);
  if (!difference) {
    output.print(agreement(service));
    return SUCCESS;
  }
  const steps = [...difference.immediate, ...difference.gradual].map((step) => {
    if (typeof step === 'string') return `${step};`;
    return step.kind === 'statement'
      ? `${step.sql};`
      : `-- ${step.table}.${step.column}: a value for rows that have none`;
  });
  const text = [
    `${service.name}: the entities differ from the migrations. \`migration-generate --name <Name>\` writes:`,
    ...steps.map((step) => `  ${step}`),
  ].join('\n');
  output.print(text);
  return { exitCode: EXIT.error, failures: new Map([[service.name, text]]) };
}

const agreement = ({ name }: Service) => `${name}: entities and migrations agree; nothing was written.`;

/** What there is left to do or to know. */
function notesOn(migrations: readonly NewMigration[], withoutRows: readonly string[]): string[] {
  const steps = migrations.flatMap(({ up, down }) => [
    ...up,
    ...down.filter((step) => typeof step !== 'string'),
  ]);
  const unfilled = steps.flatMap((step) =>
    typeof step !== 'string' && step.kind === 'backfill' ? [`${step.table}.${step.column}`] : [],
  );
  return [
    ...[...new Set(unfilled)].map(
      (column) =>
        `Fill in: what rows without a ${column} get. The place is marked in the file; or generate again with ` +
        `--default ${column}=<SQL expression>.`,
    ),
    ...(withoutRows.length > 0
      ? [`Proven without rows in ${withoutRows.join(', ')}: the drawn ones break a rule that is new.`]
      : []),
  ];
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
  refuseTakenName(service, existing, `${name}${ONLINE_SUFFIX}`);
  return name;
}

export default nxExecutor(generateVerb);
