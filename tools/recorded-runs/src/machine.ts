/** What the numbers were measured on. Names no host and no user. */
import { readFile } from 'node:fs/promises';
import { arch, cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Client } from 'pg';

export interface Hardware {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly system: string;
}

export interface Machine extends Hardware {
  /** By name: Node, PostgreSQL and the packages that take part. */
  readonly versions: Readonly<Record<string, string>>;
}

const GIB = 2 ** 30;

/** Exact in the root package.json, which is the only one that has dependencies. */
const PACKAGES = ['nx', 'typeorm', 'pg', 'nats', '@swc-node/register'];

interface PackageFile {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** @param admin a session on the server that was measured, for its exact version */
export async function describeMachine(workspaceRoot: string, admin: Client): Promise<Machine> {
  const { rows } = await admin.query<{ postgres: string }>(
    `SELECT split_part(current_setting('server_version'), ' ', 1) AS postgres`,
  );
  const text = await readFile(join(workspaceRoot, 'package.json'), 'utf8');
  const { dependencies, devDependencies } = JSON.parse(text) as PackageFile;
  const installed = { ...dependencies, ...devDependencies };
  return {
    ...hardware(),
    versions: {
      node: process.versions.node,
      postgres: rows[0]!.postgres,
      ...Object.fromEntries(PACKAGES.map((name) => [name, installed[name] ?? 'unknown'])),
    },
  };
}

/** For a report without measurements, whose server may be gone by then. */
export function machineText(postgresMajor: number): string {
  return `${hardwareText(hardware())}, Node ${process.versions.node}, Postgres ${postgresMajor}`;
}

export function hardwareText({ cores, processor, memoryGiB, system }: Hardware): string {
  return `${cores} cores (${processor}), ${memoryGiB} GiB of memory, ${system}`;
}

function hardware(): Hardware {
  const processors = cpus();
  return {
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryGiB: Math.round(totalmem() / GIB),
    // Without the builder's suffix, which can name a machine.
    system: `${platform()} ${release().split('-')[0]} ${arch()}`,
  };
}
