/**
 * `nx run bench:generate`: `migration-generate` beside the TypeORM CLI's `migration:generate`.
 *
 * The TypeORM CLI compares the entities with the service's database, so that database is migrated to where the migrations
 * are. Ours makes scratch databases of its own on the same server, and proves what it generates before it shows it.
 */
import { PRODUCTION_SETTINGS, startTemporaryPostgres } from '@hockey-hub/dev-services';
import { describeMachine } from '@hockey-hub/recorded-runs';
import type { Client } from 'pg';
import { cli } from '../contenders/cli';
import { dropDatabases, recreateDatabases, withClient } from '../databases';
import { measureContenders, type MeasureOptions } from '../measure-contenders';
import { GENERATE_CASES, type GenerateCaseName } from './cases';
import { generators } from './contenders';
import type { GenerateCaseResult, GenerateResults } from './results';
import { SERVICE, withServiceCopy } from './service-copy';

export interface GenerateBenchOptions extends MeasureOptions {
  readonly workspaceRoot: string;
  readonly cases: readonly GenerateCaseName[];
}

/** @throws BenchError when a measurement could not be made; DevServicesError when the server does not start. */
export async function benchGenerate(options: GenerateBenchOptions): Promise<GenerateResults> {
  const measuredAt = new Date().toISOString();
  const server = await startTemporaryPostgres({ settings: PRODUCTION_SETTINGS });
  try {
    return await withClient(server.url, async (admin) => {
      const cases: GenerateCaseResult[] = [];
      for (const name of options.cases) cases.push(await measureCase(name, server.url, admin, options));
      const machine = await describeMachine(options.workspaceRoot, admin);
      return { measuredAt, rounds: options.rounds, machine, cases };
    });
  } finally {
    await server.stop();
  }
}

function measureCase(
  name: GenerateCaseName,
  serverUrl: string,
  admin: Client,
  { workspaceRoot, ...options }: GenerateBenchOptions,
): Promise<GenerateCaseResult> {
  const benchCase = GENERATE_CASES[name];
  return withServiceCopy(workspaceRoot, benchCase, async (root) => {
    const services = [SERVICE];
    try {
      await recreateDatabases(admin, services);
      if (benchCase.migrations) await cli({ workspace: { root, services: [] }, serverUrl }).run();
      // Nobody changes the database, which is watched: all runs begin with the same.
      const race = { title: benchCase.title, services, serverUrl, pending: false };
      const contenders = generators(root, serverUrl, benchCase);
      return { name, contenders: await measureContenders({ ...race, contenders }, admin, options) };
    } finally {
      await dropDatabases(admin, services);
    }
  });
}
