/** A throw-away Nx workspace with synthetic services. */
import { join } from 'node:path';
import { withBorrowedWorkspace, writeFiles } from '../borrowed-workspace';
import { serviceFiles } from './migration-files';
import type { SyntheticService } from './services';

/** Runs `work` with the new workspace's folder, and removes the folder whatever happens. */
export function withSyntheticWorkspace<T>(
  workspaceRoot: string,
  services: readonly SyntheticService[],
  work: (root: string) => Promise<T>,
): Promise<T> {
  return withBorrowedWorkspace(workspaceRoot, async (root) => {
    for (const service of services) await writeFiles(join(root, 'apps', service.name), serviceFiles(service));
    return work(root);
  });
}
