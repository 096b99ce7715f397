/**
 * A club of years ago in a throw-away workspace: both legacy databases filled from a seed and adopted, and the conversion of
 * its user ids declared and written as the generator writes it.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  legacySchemaOf,
  seedLegacyClubs,
  type DirtRequest,
  type LegacyService,
  type SeededClubs,
} from '@hockey-hub/legacy-clubs';
import { conversionDatabaseOver } from '../conversion/conversion-database-over';
import { declarationFile, DECLARATIONS_FOLDER } from '../conversion/files/declaration-file';
import { phaseFiles } from '../conversion/files/phase-files';
import { declareConversion } from '../generators/id-conversion/declare-conversion';
import { withConnection } from '../pg/connect';
import { createDatabase } from '../pg/create-database';
import { MIGRATIONS_FOLDER } from '../source/scan-migrations';
import { createFixtureWorkspace, type FixtureWorkspace } from './fixture-workspace';

export const SERVICES: readonly LegacyService[] = ['user-service', 'training-service'];

/** Of the first phase, in both services. */
export const FIRST_PHASE = 1763000010000;

/** What refers to users in the training-service, as the generator's option spells it. */
export const TRAINING_REFERENCES = [
  'service=training-service table=workout_sessions column=createdBy kind=column',
  'service=training-service table=workout_sessions column=playerIds kind=array',
  'service=training-service table=workout_sessions column=metadata kind=json path=coachIds[*]',
  'service=training-service table=workout_assignments column=playerId kind=column',
  'service=training-service table=player_workout_loads column=playerId kind=column',
  'service=training-service table=notes column=subjectId kind=polymorphic typeColumn=subjectType typeValue=user',
];

export interface LegacyClubOptions {
  readonly users: number;
  readonly seed: number;
  /** None when left out. */
  readonly dirt?: DirtRequest;
  /** For every reference; `fail` when left out. */
  readonly dangling?: 'quarantine' | 'set-null';
  readonly serverUrl?: string;
  readonly referringRowsPerUser?: number;
  /** Statements that make what the club has added to its tables over the years, after those are filled. */
  readonly additions?: Readonly<Record<LegacyService, readonly string[]>>;
}

export interface LegacyClub extends FixtureWorkspace {
  /** What was in the databases in the beginning. */
  readonly seeded: SeededClubs;
}

/** The caller removes it. */
export async function createLegacyClub(options: LegacyClubOptions): Promise<LegacyClub> {
  const workspace = await createAdoptedClub(options);
  return orRemoved(workspace, async () => {
    await writeConversion(workspace, options.dangling);
    return workspace;
  });
}

/** Without the conversion. The caller removes it. */
export async function createAdoptedClub(options: LegacyClubOptions): Promise<LegacyClub> {
  const { users, seed, dirt = false, serverUrl, referringRowsPerUser, additions } = options;
  const added = (service: LegacyService) => additions?.[service] ?? [];
  const baseline = (service: LegacyService) => ({ up: [...legacySchemaOf(service), ...added(service)] });
  const workspace = await createFixtureWorkspace({
    serverUrl,
    services: {
      'user-service': { migrations: { '1763000000000-LegacyUsers': baseline('user-service') } },
      'training-service': {
        dependsOn: ['user-service'],
        migrations: { '1763000000000-LegacyTraining': baseline('training-service') },
      },
    },
  });
  return orRemoved(workspace, async () => {
    const [userUrl, trainingUrl] = SERVICES.map((service) => workspace.urlOf(service)) as [string, string];
    for (const service of SERVICES) await createDatabase(workspace.urlOf(service), service);
    const seeded = await seedLegacyClubs({ userUrl, trainingUrl, users, seed, dirt, referringRowsPerUser });
    for (const service of SERVICES) {
      for (const sql of added(service)) await workspace.query(service, sql);
      await expectSuccess(workspace, ['migration-adopt', service]);
    }
    return { ...workspace, seeded };
  });
}

/** Nobody has it yet who could remove it when this fails. */
async function orRemoved<T>(workspace: FixtureWorkspace, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await workspace.remove();
    throw error;
  }
}

/** Runs the command line. @throws Error with what it printed, when it fails */
export async function expectSuccess(workspace: FixtureWorkspace, args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await workspace.cli(args);
  if (exitCode === 0) return stdout;
  throw new Error(`${args.join(' ')} ended with ${exitCode}:\n${stdout}${stderr}`);
}

async function writeConversion(
  workspace: FixtureWorkspace,
  dangling: LegacyClubOptions['dangling'],
): Promise<void> {
  const references = TRAINING_REFERENCES.map(
    (reference) => `${reference}${dangling ? ` dangling=${dangling}` : ''}`,
  );
  const parts = await declareConversion(
    { service: 'user-service', tables: ['users'], references },
    (service, work) =>
      withConnection(workspace.urlOf(service), service, (client) =>
        work(conversionDatabaseOver(client, service, workspace.urlOf(service))),
      ),
  );
  const referrers = parts.slice(1).map(({ conversion }) => conversion.service);
  for (const { conversion } of parts) {
    const home = join(workspace.root, 'apps', conversion.service);
    await write(join(home, DECLARATIONS_FOLDER, `${conversion.name}.ts`), declarationFile(conversion));
    for (const { fileName, text } of phaseFiles(conversion, { timestamp: FIRST_PHASE, referrers })) {
      await write(join(home, MIGRATIONS_FOLDER, fileName), text);
    }
  }
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
