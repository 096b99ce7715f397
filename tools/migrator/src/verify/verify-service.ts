/**
 * Are a service's migrations what they seem? Runs each of those asked for up, down and up again, on rows, in scratch
 * databases; compares what they make in the end with the entities, and squashes with what they replace. Reads nothing of the
 * live database and changes nothing outside the scratch databases; what the findings mean for a run is the executor's.
 */
import { compareCatalogs, describeChange } from '../catalog/compare-catalogs';
import { withHandMade, withUnsynchronized } from '../catalog/hand-made';
import type { Migration, Service } from '../model';
import { buildEntitiesSchema, loadDataSourceOptions } from '../scratch/entities-schema';
import { withScratch, type ScratchDatabases } from '../scratch/scratch-database';
import { isLegacy } from '../source/scan-migrations';
import { compareRoads } from './compare-roads';
import type { Judgement } from './findings';
import { readMoment } from './moment';
import { roadsOf, type Squash } from '../plan/roads';
import type { MigrationVerdict, SquashVerdict, Verification } from './verdict';
import { verifyMigration } from './verify-migration';
import { Walk } from './walk';

export interface VerifyRequest {
  readonly workspaceRoot: string;
  readonly service: Service;
  /** Any database on the server where scratch databases are made. */
  readonly url: string;
  /** All of the service's migrations, in order. */
  readonly folder: readonly Migration[];
  /** The names of those to verify. */
  readonly asked: ReadonlySet<string>;
  /** Whether to compare the end of the road with the entities. */
  readonly entities: boolean;
  readonly onVerdict: (verdict: MigrationVerdict) => void;
}

/** @throws MigratorError CANNOT_CREATE_DATABASE, MIGRATION_FAILED (of one that was not asked for), NO_ENTITIES */
export async function verifyService(request: VerifyRequest): Promise<Verification> {
  const startedAt = performance.now();
  const { service, url, folder, asked } = request;
  const { squashes } = roadsOf(folder);
  // What every database runs, and the road of those that are older than the service, which ends in a squash.
  const { long } = roadsOf(folder.filter((migration) => !isLegacy(migration)));
  const { long: legacy } = roadsOf(folder.filter(isLegacy));
  const isAsked = ({ name }: Migration) => asked.has(name);
  const askedSquashes = squashes.filter(({ migration }) => isAsked(migration));
  const onRoads = [...long, ...legacy, ...squashes.map(({ migration }) => migration)];
  const unreachable = folder
    .filter((migration) => isAsked(migration) && !onRoads.includes(migration))
    .map(behindItsSquash);
  return withScratch(url, service.name, async (scratch) => {
    const { verdicts, way } = await walk(scratch, request, long);
    if (legacy.some(isAsked)) verdicts.push(...(await walk(scratch, request, legacy)).verdicts);
    for (const { before, migration } of askedSquashes) {
      if (long.includes(migration)) continue;
      verdicts.push(...(await walk(scratch, request, [...before, migration], [migration])).verdicts);
    }
    const converging: SquashVerdict[] = [];
    for (const squash of way.brokenBy ? [] : askedSquashes) {
      converging.push(await converge(scratch, service.name, squash));
    }
    return {
      service: service.name,
      migrations: [...verdicts, ...unreachable].sort((a, b) => (a.file < b.file ? -1 : 1)),
      squashes: converging,
      entities: request.entities && !way.brokenBy ? await compareEntities(scratch, request, way.url) : null,
      withoutRows: way.withoutRows,
      durationMs: Math.round(performance.now() - startedAt),
    };
  });
}

/** Goes the road to its end, verifying on the way what was asked for. */
async function walk(
  scratch: ScratchDatabases,
  { service, asked, onVerdict }: VerifyRequest,
  road: readonly Migration[],
  among: readonly Migration[] = road,
) {
  const isAsked = (migration: Migration) => asked.has(migration.name) && among.includes(migration);
  const first = road.findIndex(isAsked);
  const start = first < 0 ? road.length : first;
  const way = await Walk.start(scratch, service.name, road.slice(0, start));
  const verdicts: MigrationVerdict[] = [];
  for (const migration of road.slice(start)) {
    if (!isAsked(migration)) {
      await way.pass(migration);
      continue;
    }
    const startedAt = performance.now();
    const judgement = way.brokenBy
      ? notVerified(migration, way.brokenBy)
      : await verifyMigration(way, migration);
    const verdict = { ...judgement, durationMs: Math.round(performance.now() - startedAt) };
    verdicts.push(verdict);
    onVerdict(verdict);
  }
  return { verdicts, way };
}

function notVerified({ name, file }: Migration, failed: Migration): Judgement {
  const errors = [`not verified, because ${failed.name} before it fails`];
  return { migration: name, file, verdict: 'not-verified', errors, notes: [], goesWithDown: [] };
}

function behindItsSquash({ name, file }: Migration): MigrationVerdict {
  const note =
    'a squash stands for it, and other files that it replaces are gone: there is no way to it any more';
  const rest = { errors: [], notes: [note], goesWithDown: [], durationMs: 0 };
  return { migration: name, file, verdict: 'not-verified', ...rest };
}

/** What somebody made by hand and entities cannot ask for is left alone, as `migration-generate` does. */
async function compareEntities(
  scratch: ScratchDatabases,
  { workspaceRoot, service, url }: VerifyRequest,
  end: string,
): Promise<string[]> {
  const entities = await scratch.create();
  const options = loadDataSourceOptions(workspaceRoot, service, url);
  const unsynchronized = await buildEntitiesSchema(options, entities);
  const [made, declared] = await Promise.all([
    readMoment(end, service.name),
    readMoment(entities, service.name),
  ]);
  const wanted = withUnsynchronized(made.catalog, declared.catalog, unsynchronized);
  return compareCatalogs(made.catalog, withHandMade(made.catalog, wanted)).map(describeChange);
}

async function converge(scratch: ScratchDatabases, service: string, squash: Squash): Promise<SquashVerdict> {
  const startedAt = performance.now();
  const { migration, instead, before } = squash;
  const differences = await compareRoads(scratch, service, instead, [...before, migration]);
  const { name, file } = migration;
  return { migration: name, file, differences, durationMs: Math.round(performance.now() - startedAt) };
}
