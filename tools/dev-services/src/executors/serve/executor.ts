import { join } from 'node:path';
import type { ExecutorContext } from '@nx/devkit';
import { currentEnvironment } from '../../config';
import type { PostgresMajor } from '../../postgres/model';
import { runService } from './run-service';
import { serverVariables } from './server-variables';

export interface ServeOptions {
  major: PostgresMajor;
}

/** A continuous task: lives as long as the service, and fails when the service exits with anything but 0. */
export default async function serve({ major }: ServeOptions, context: ExecutorContext) {
  const projectName = context.projectName ?? '';
  const project = context.projectsConfigurations.projects[projectName];
  if (!project) throw new Error(`serve runs one project, and Nx named none (got "${projectName}")`);

  const env = currentEnvironment();
  const servers = await serverVariables(projectName, env, { major, onMessage: console.log });
  if (!servers) return { success: false };

  const main = join(project.root, 'src', 'main.ts');
  const variables = { ...env, ...servers, TS_NODE_PROJECT: 'tsconfig.base.json' };
  return { success: (await runService(main, context.root, variables)) === 0 };
}
