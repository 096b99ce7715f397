/** One case, measured: its migrations recorded, its databases prepared and taken away again, its contenders run. */
import type { Client } from 'pg';
import { CASES, type CaseName } from './cases';
import { cli } from './contenders/cli';
import type { ContenderContext } from './contenders/contender';
import { contendersOf } from './contenders/contenders';
import { dropDatabases, recreateDatabases } from './databases';
import { measureContenders, type MeasureOptions } from './measure-contenders';
import { recordServices } from './record-services';
import type { CaseResult } from './results/model';

/** @throws BenchError CONTENDER_FAILED, DIFFERENT_OUTCOME or STILL_CONNECTED */
export async function measureCase(
  name: CaseName,
  context: ContenderContext,
  admin: Client,
  options: MeasureOptions,
): Promise<CaseResult> {
  const { pending, title } = CASES[name];
  const { serverUrl, workspace } = context;
  const services = workspace.services.map((service) => service.name);
  const recorded = await recordServices(context);
  const contenders = contendersOf(CASES[name], context, recorded);
  try {
    if (!pending) {
      await recreateDatabases(admin, services);
      await cli(context).run();
    }
    const race = { title, contenders, services, serverUrl, pending };
    return {
      name,
      services: services.length,
      migrations: recorded.reduce((sum, { migrations }) => sum + migrations.length, 0),
      contenders: await measureContenders(race, admin, options),
    };
  } finally {
    await dropDatabases(admin, services);
  }
}
