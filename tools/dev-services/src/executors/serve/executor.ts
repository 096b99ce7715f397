import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { currentEnvironment } from '../../config';
import { ensureDevelopmentDatabaseUrl } from '../../development-database-url';
import type { PostgresMajor } from '../../postgres/model';
import { reportingFailure } from '../reporting-failure';
import { runService } from './run-service';
import { serviceDatabaseVariable } from './service-database-variable';

export interface ServeOptions {
  major: PostgresMajor;
}

/** A continuous task: lives as long as the service, and fails when the service exits with anything but 0. */
export default async function serve({ major }: ServeOptions, context: ExecutorContext) {
  const projectName = context.projectName ?? '';
  const project = context.projectsConfigurations.projects[projectName];
  if (!project) throw new Error(`serve runs one project, and Nx named none (got "${projectName}")`);

  const env = currentEnvironment();
  const variables: Record<string, string> = { TS_NODE_PROJECT: 'tsconfig.base.json' };
  const prepared = await reportingFailure(async () => {
    // A database of the service's own is the whole answer: then no server of ours is needed.
    if (env[serviceDatabaseVariable(projectName)]?.trim()) return;
    variables['DATABASE_URL'] = await ensureDevelopmentDatabaseUrl(env, { major, onMessage: console.log });
  });
  if (!prepared.success) return prepared;

  const main = join(project.root, 'src', 'main.ts');
  const exitCode = await runService(main, context.root, { ...env, ...variables });
  return { success: exitCode === 0 };
}
