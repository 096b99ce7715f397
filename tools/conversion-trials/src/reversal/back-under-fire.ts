import { databaseName } from '@hockey-hub/migrator/src/pg/connection-url';
import { SERVICES } from '@hockey-hub/migrator/src/testing/legacy-club';
import type { RandomSource } from '@hockey-hub/seeded-random';
import { armProcess } from '../crash/fault-points/fault-orders';
import type { ConversionTrial } from '../trial/conversion-trial';
import type { PhaseName } from '../trial/phases';

/** Statements between one kill and the next, at most: a whole way back of one service has some hundreds. */
const MOST_BETWEEN_KILLS = 90;

export interface Fire {
  readonly random: RandomSource;
  /** After so many the rest is let through. */
  readonly mostKills: number;
}

/**
 * `trial.back`, with SIGKILL for the migrator between statements that no attempt before has passed, and the same command again after each.
 * @returns where it was killed
 * @throws Error when it failed by itself
 */
export async function backUnderFire(
  trial: ConversionTrial,
  phase: PhaseName,
  { random, mostKills }: Fire,
): Promise<readonly string[]> {
  const { workspace } = trial;
  const services = Object.fromEntries(
    SERVICES.map((service) => [databaseName(workspace.urlOf(service), service), service]),
  );
  const died: string[] = [];
  const passed = new Set<string>();
  for (let commands = await trial.revertCommands(phase); commands.length > 0;) {
    const diesAt = died.length < mostKills ? random.integer(1, MOST_BETWEEN_KILLS) : 0;
    const armed = await armProcess({ phase: 'way back', services, passed: [...passed], diesAt });
    try {
      const { env, nodeArguments } = armed;
      const { exitCode, stdout, stderr } = await trial.cli(commands[0]!, { env, nodeArguments }).exited;
      const record = await armed.read();
      for (const name of record.passed) passed.add(name);
      if (record.died !== undefined) died.push(record.died);
      else if (exitCode !== 0) throw new Error(`${commands[0]!.join(' ')} failed:\n${stdout}${stderr}`);
    } finally {
      await armed.dispose();
    }
    commands = await trial.revertCommands(phase);
  }
  return died;
}
