/** What the numbers were measured on. Names no host and no user. */
import { readFile } from 'node:fs/promises';
import { arch, cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Client } from 'pg';
import type { Machine } from './model';

const GIB = 2 ** 30;

/** Exact in the root package.json, which is the only one that has dependencies. */
const PACKAGES = ['nx', 'typeorm', 'pg', 'nats', '@swc-node/register'];

interface PackageFile {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

export async function describeMachine(workspaceRoot: string, admin: Client): Promise<Machine> {
  const processors = cpus();
  const { rows } = await admin.query<{ postgres: string }>(
    `SELECT split_part(current_setting('server_version'), ' ', 1) AS postgres`,
  );
  const text = await readFile(join(workspaceRoot, 'package.json'), 'utf8');
  const { dependencies, devDependencies } = JSON.parse(text) as PackageFile;
  const installed = { ...dependencies, ...devDependencies };
  return {
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGiB: Math.round(totalmem() / GIB),
    // Without the builder's suffix, which can name a machine.
    system: `${platform()} ${release().split('-')[0]} ${arch()}`,
    versions: {
      node: process.versions.node,
      postgres: rows[0]!.postgres,
      ...Object.fromEntries(PACKAGES.map((name) => [name, installed[name] ?? 'unknown'])),
    },
  };
}
