/** What Nx hands an executor -> the migrator's configuration. */
import type { ExecutorContext } from '@nx/devkit';
import { readConfig, type MigratorConfig } from '../config';
import type { Service } from '../model';

const MIGRATE_EXECUTOR = '@hockey-hub/migrator:migrate';

/** The services are the projects whose `migrate` target is ours, depending on each other as the project graph says. */
export function configFromNx(context: ExecutorContext): MigratorConfig {
  const { projects } = context.projectsConfigurations;
  const isService = (name: string) => projects[name]?.targets?.migrate?.executor === MIGRATE_EXECUTOR;
  const services = Object.entries(projects)
    .filter(([name]) => isService(name))
    .map(([name, { root }]): Service => ({
      name,
      root,
      dependsOn: servicesBehind(name, context, isService),
    }));
  return readConfig({ workspaceRoot: context.root, services });
}

/** The nearest services on every path of the project graph: a library between two services does not part them. */
function servicesBehind(
  name: string,
  context: ExecutorContext,
  isService: (name: string) => boolean,
): string[] {
  const { dependencies } = context.projectGraph;
  const found = new Set<string>();
  const seen = new Set([name]);
  const visit = (from: string) => {
    for (const { target } of dependencies[from] ?? []) {
      if (seen.has(target)) continue;
      seen.add(target);
      if (isService(target)) found.add(target);
      else visit(target);
    }
  };
  visit(name);
  return [...found].sort();
}

/** The project that a single task runs for. */
export function projectOf(context: ExecutorContext): string {
  if (context.projectName) return context.projectName;
  throw new Error('Nx named no project. This is a defect.');
}
