/**
 * `nx g @hockey-hub/migrator:id-conversion`: options in, the declaration and the five migrations of each service written.
 * Nothing is written when anything stands in the way.
 */
import { formatFiles, logger, type Tree } from '@nx/devkit';
import { readConfig } from '../../config';
import { declarationFile, DECLARATIONS_FOLDER } from '../../conversion/files/declaration-file';
import { PHASES, phaseFiles, phaseName } from '../../conversion/files/phase-files';
import { MigratorError } from '../../errors';
import { nextTimestamp, refuseTakenName } from '../../generate/migration-file';
import type { MigrationFile, Service } from '../../model';
import { table } from '../../report/table';
import { discoverServices } from '../../source/discover-services';
import { MIGRATIONS_FOLDER, scanMigrations } from '../../source/scan-migrations';
import { declareConversion, type DeclaredPart } from './declare-conversion';
import { inLiveCatalog, inReplayedCatalog } from './in-catalog';

export interface IdConversionOptions {
  readonly service: string;
  readonly table: readonly string[];
  readonly reference?: readonly string[];
  readonly name?: string;
  readonly catalog?: 'live' | 'replayed';
  readonly timestamp?: number;
}

/** @throws MigratorError BAD_OPTION, CONVERSION_REFUSED, MIGRATION_EXISTS and what reading the databases throws */
export async function idConversionGenerator(tree: Tree, options: IdConversionOptions): Promise<void> {
  const services = await discoverServices(tree.root);
  const config = readConfig({ workspaceRoot: tree.root, services });
  const inCatalog = options.catalog === 'replayed' ? inReplayedCatalog(config) : inLiveCatalog(config);
  const { service, table: tables, reference: references = [], name } = options;
  const parts = await declareConversion({ service, tables, references, name }, inCatalog);
  const referrers = parts.slice(1).map(({ conversion }) => conversion.service);
  const homes = await Promise.all(parts.map((part) => homeOf(tree.root, services, part)));
  // The owner's come first in each service's order, too, so that a list of all of them reads as it runs.
  const timestamp = options.timestamp ?? nextTimestamp(homes.flatMap(({ existing }) => existing));
  for (const home of homes) write(tree, home, { timestamp, referrers });
  await formatFiles(tree);
  logger.info(summary(parts));
}

interface Home {
  readonly part: DeclaredPart;
  readonly project: Service;
  readonly existing: readonly MigrationFile[];
}

async function homeOf(
  workspaceRoot: string,
  services: readonly Service[],
  part: DeclaredPart,
): Promise<Home> {
  const project = services.find(({ name }) => name === part.conversion.service)!;
  const existing = await scanMigrations(workspaceRoot, project);
  for (const phase of PHASES) refuseTakenName(project, existing, phaseName(part.conversion, phase));
  return { part, project, existing };
}

function write(
  tree: Tree,
  { part: { conversion }, project }: Home,
  options: { readonly timestamp: number; readonly referrers: readonly string[] },
): void {
  const declaration = `${project.root}/${DECLARATIONS_FOLDER}/${conversion.name}.ts`;
  if (tree.exists(declaration)) {
    throw new MigratorError(
      'MIGRATION_EXISTS',
      `${project.name} has a declaration ${declaration} already. Choose another --name.`,
    );
  }
  tree.write(declaration, declarationFile(conversion));
  for (const { fileName, text } of phaseFiles(conversion, options)) {
    tree.write(`${project.root}/${MIGRATIONS_FOLDER}/${fileName}`, text);
  }
}

/** What hangs on the keys and references, and what somebody has to look at. */
function summary(parts: readonly DeclaredPart[]): string {
  return parts
    .flatMap(({ conversion, inventory, cautions }) => [
      `${conversion.service} (${conversion.owner === conversion.service ? 'has the keys' : 'refers to them'}):`,
      table(
        ['on', 'what', 'name', 'definition'],
        inventory.map(({ on, kind, name, definition }) => [on, kind, name, definition]),
      ),
      ...cautions.map((caution) => `Look at this: ${caution}`),
      '',
    ])
    .join('\n');
}

export default idConversionGenerator;
