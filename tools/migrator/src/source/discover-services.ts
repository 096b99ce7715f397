/**
 * The workspace -> its services and how they depend on each other, without Nx, for the production image and
 * for `cli.ts`. Inside Nx the project graph says the same; see `executors/nx-context.ts`.
 */
import { readdir, readFile, access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Service } from '../model';

/** A project with this file is a service. The plugin's glob and this search must agree. */
export const DATA_SOURCE_FILE = 'src/data-source';
export const SERVICES_FOLDER = 'apps';

interface ProjectFiles {
  name?: string;
  implicitDependencies?: string[];
}

interface PackageFile {
  name?: string;
  nx?: ProjectFiles;
}

export async function discoverServices(workspaceRoot: string): Promise<Service[]> {
  const folders = await readdir(join(workspaceRoot, SERVICES_FOLDER), { withFileTypes: true });
  const services = await Promise.all(
    folders
      .filter((folder) => folder.isDirectory())
      .map((folder) => describe(workspaceRoot, `${SERVICES_FOLDER}/${folder.name}`, folder.name)),
  );
  const found = services.filter((service) => service !== undefined);
  const names = new Set(found.map((service) => service.name));
  return found.map((service) => ({
    ...service,
    dependsOn: service.dependsOn.filter((name) => names.has(name)).sort(),
  }));
}

async function describe(workspaceRoot: string, root: string, folder: string): Promise<Service | undefined> {
  if (!(await hasDataSource(join(workspaceRoot, root)))) return undefined;
  const project = await readJson<ProjectFiles>(join(workspaceRoot, root, 'project.json'));
  const packageFile = await readJson<PackageFile>(join(workspaceRoot, root, 'package.json'));
  return {
    name: project?.name ?? packageFile?.nx?.name ?? folder,
    root,
    dependsOn: project?.implicitDependencies ?? packageFile?.nx?.implicitDependencies ?? [],
  };
}

async function hasDataSource(projectRoot: string): Promise<boolean> {
  const tries = await Promise.allSettled(
    ['.ts', '.js'].map((extension) => access(join(projectRoot, DATA_SOURCE_FILE + extension))),
  );
  return tries.some((attempt) => attempt.status === 'fulfilled');
}

async function readJson<T>(path: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
