import { arch, cpus, platform, release, totalmem } from 'node:os';

const GIB = 2 ** 30;

/** What a run was made on. Names no host and no user. */
export function machineText(postgresMajor: number): string {
  const processors = cpus();
  const processor = processors[0]?.model.trim() ?? 'unknown';
  // Without the builder's suffix, which can name a machine.
  const system = `${platform()} ${release().split('-')[0]} ${arch()}`;
  return (
    `${processors.length} cores (${processor}), ${Math.round(totalmem() / GIB)} GiB of memory, ${system}, ` +
    `Node ${process.versions.node}, Postgres ${postgresMajor}`
  );
}
