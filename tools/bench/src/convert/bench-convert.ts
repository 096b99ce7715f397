/**
 * `nx run bench:convert`: our conversion of the legacy clubs' ids beside the offline floor and beside what people write by hand, and what
 * the clients of each of them see.
 *
 * Owns the server that is measured on and the order of cases and runs. Does not own what a contender does (`contenders/`), how a run is
 * measured (`measure-run`) or what becomes of the numbers (`results`, `sections`, `goals`).
 *
 * Invariant: what is compared did the same. Every run begins with a copy of the same databases, every row is compared with the seed
 * at its end, and all leave the same tables.
 */
import { LARGE_PRODUCTION_SETTINGS, startTemporaryPostgres } from '@hockey-hub/dev-services';
import { describeMachine } from '@hockey-hub/recorded-runs';
import { withClient } from '../databases';
import type { MeasureOptions } from '../measure-contenders';
import type { ConvertCaseName } from './cases';
import type { ContenderName } from './contenders/contender';
import { ClubDatabases } from './databases/club-databases';
import { useWalOnce } from './databases/use-wal-once';
import { measureCase, type CaseContext } from './measure-case';
import type { RunLoad } from './measure-run';
import type { ConvertCaseResult, ConvertResults } from './results';

export interface ConvertBenchOptions extends MeasureOptions {
  readonly workspaceRoot: string;
  readonly cases: readonly ConvertCaseName[];
  readonly load: RunLoad;
  /** In every case, instead of those that the case names. */
  readonly contenders?: readonly ContenderName[];
  /** Of every case, instead of what the case says. */
  readonly users?: number;
  /** Told of each picture of a run with clients: a file's name without its ending, and the SVG. */
  readonly onPicture: (name: string, svg: string) => void;
}

/** @throws BenchError when a measurement could not be made or a conversion lost something; DevServicesError */
export async function benchConvert(options: ConvertBenchOptions): Promise<ConvertResults> {
  const { workspaceRoot, rounds, cases } = options;
  const measuredAt = new Date().toISOString();
  const server = await startTemporaryPostgres({ settings: LARGE_PRODUCTION_SETTINGS });
  try {
    return await withClient(server.url, async (admin) => {
      await useWalOnce(admin);
      const context: CaseContext = { admin, databases: new ClubDatabases(admin, server.url) };
      const measured: ConvertCaseResult[] = [];
      for (const name of cases) measured.push(await measureCase(name, context, options));
      return { measuredAt, rounds, machine: await describeMachine(workspaceRoot, admin), cases: measured };
    });
  } finally {
    await server.stop();
  }
}
