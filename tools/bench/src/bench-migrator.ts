/**
 * `nx run bench:migrator`: the migrator beside the TypeORM CLI and beside the SQL alone.
 *
 * Owns the server that is measured on and the order of the cases. Does not own what a case is (`cases`), how one is measured
 * (`measure-case`) or what becomes of the numbers (`results/`).
 */
import { PRODUCTION_SETTINGS, startTemporaryPostgres } from '@hockey-hub/dev-services';
import { describeMachine } from '@hockey-hub/recorded-runs';
import { topologicalOrder } from '@hockey-hub/migrator/src/graph/order';
import { discoverServices } from '@hockey-hub/migrator/src/source/discover-services';
import { CASES, type CaseName } from './cases';
import type { BenchWorkspace } from './contenders/contender';
import { withClient } from './databases';
import { measureCase } from './measure-case';
import type { MeasureOptions } from './measure-contenders';
import type { CaseResult, MigratorResults } from './results/model';
import { SYNTHETIC_SERVICES } from './synthetic/services';
import { withSyntheticWorkspace } from './synthetic/write-workspace';

export interface BenchOptions extends MeasureOptions {
  readonly workspaceRoot: string;
  readonly cases: readonly CaseName[];
}

/** @throws BenchError when a measurement could not be made; DevServicesError when the server does not start. */
export async function benchMigrator({
  workspaceRoot,
  cases,
  ...options
}: BenchOptions): Promise<MigratorResults> {
  const measuredAt = new Date().toISOString();
  const server = await startTemporaryPostgres({ settings: PRODUCTION_SETTINGS });
  try {
    return await withClient(server.url, async (admin) => {
      const measured: CaseResult[] = [];
      for (const name of cases) {
        await withWorkspace(name, workspaceRoot, async (workspace) => {
          const context = { workspace, serverUrl: server.url };
          measured.push(await measureCase(name, context, admin, options));
        });
      }
      const machine = await describeMachine(workspaceRoot, admin);
      return { measuredAt, rounds: options.rounds, machine, cases: measured };
    });
  } finally {
    await server.stop();
  }
}

async function withWorkspace(
  name: CaseName,
  workspaceRoot: string,
  work: (workspace: BenchWorkspace) => Promise<void>,
): Promise<void> {
  if (CASES[name].services === 'own') return work(await readWorkspace(workspaceRoot));
  return withSyntheticWorkspace(workspaceRoot, SYNTHETIC_SERVICES, async (root) =>
    work(await readWorkspace(root)),
  );
}

async function readWorkspace(root: string): Promise<BenchWorkspace> {
  const services = await discoverServices(root);
  const order = topologicalOrder(new Map(services.map(({ name, dependsOn }) => [name, dependsOn])));
  return { root, services: order.map((name) => services.find((service) => service.name === name)!) };
}
