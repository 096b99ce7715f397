/** What the migrator's tests take from the environment. */
import { testDatabaseUrl } from '@hockey-hub/shared-lib/src/testing/config';

/** A database of the server that the Jest run has to itself. */
export function testServerUrl(): string {
  return testDatabaseUrl();
}

/** Of our own environment, what a process needs to run at all. No variable that names a database is among it. */
export function inheritedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    ['PATH', 'HOME', 'TMPDIR', 'SystemRoot'].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** MIGRATOR_TEST_SEED: the random moments of an earlier run again. Without it, new ones. */
export function randomSeed(): number {
  const asked = Number(process.env['MIGRATOR_TEST_SEED']);
  return Number.isInteger(asked) && asked > 0 ? asked : Math.floor(Math.random() * 2 ** 31) + 1;
}
