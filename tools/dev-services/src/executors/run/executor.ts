import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { currentEnvironment } from '../../config';
import { ensureDevelopmentDatabaseUrl } from '../../development-database-url';
import type { PostgresMajor } from '../../postgres/model';
import { reportingFailure } from '../reporting-failure';
import { runService } from '../serve/run-service';
import { serviceDatabaseVariable } from '../serve/service-database-variable';

export interface RunOptions {
  major: PostgresMajor;
  program: string;
  __unparsed__: string[];
}

/** Runs a program of a service to its end, with the service's database; what follows `--` is for the program. */
export default async function run(
  { major, program, __unparsed__: args }: RunOptions,
  context: ExecutorContext,
) {
  const projectName = context.projectName ?? '';
  const project = context.projectsConfigurations.projects[projectName];
  if (!project) throw new Error(`run is for one project, and Nx named none (got "${projectName}")`);

  const env = currentEnvironment();
  const variables: Record<string, string> = {};
  const prepared = await reportingFailure(async () => {
    if (env[serviceDatabaseVariable(projectName)]?.trim()) return;
    // Standard output is the program's alone.
    variables['DATABASE_URL'] = await ensureDevelopmentDatabaseUrl(env, { major, onMessage: console.error });
  });
  if (!prepared.success) return prepared;

  const main = join(project.root, 'src', program);
  const status = await runService(
    main,
    context.root,
    { ...env, ...variables, TS_NODE_PROJECT: 'tsconfig.base.json' },
    args,
  );
  return { success: status === 0 };
}
