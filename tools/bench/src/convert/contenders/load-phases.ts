/** The five phases of our conversion, as the migrator has them. */
import type { MigrationInterface } from 'typeorm';
import type { IdConversion } from '@hockey-hub/migrator/src/conversion/declaration';
import { BenchError } from '../../errors';

/** In their order, with the file that has each. */
export const PHASE_FILES = {
  AddUuidColumns: 'add-uuid-columns',
  GenerateUuids: 'generate-uuids',
  UpdateReferences: 'update-references',
  SwitchPrimaryKeys: 'switch-primary-keys',
  RemoveNumericIds: 'remove-numeric-ids',
} as const;

export type PhaseName = keyof typeof PHASE_FILES;
export type PhaseOf = (conversion: IdConversion) => Pick<MigrationInterface, 'up'>;
export type Phases = Readonly<Record<PhaseName, PhaseOf>>;

const FOLDER = '@hockey-hub/migrator/src/conversion/phases';

/** Loaded when ours is measured. @throws BenchError CONTENDER_FAILED when one is not there */
export async function loadPhases(): Promise<Phases> {
  const phases: Partial<Record<PhaseName, PhaseOf>> = {};
  for (const [name, file] of Object.entries(PHASE_FILES) as [PhaseName, string][]) {
    phases[name] = await loadPhase(name, `${FOLDER}/${file}`);
  }
  return phases as Phases;
}

async function loadPhase(name: PhaseName, path: string): Promise<PhaseOf> {
  let loaded: Readonly<Record<string, unknown>>;
  try {
    loaded = (await import(path)) as Readonly<Record<string, unknown>>;
  } catch (error) {
    throw new BenchError(
      'CONTENDER_FAILED',
      `ours cannot be measured: the phase ${name} could not be loaded from ${path}.`,
      { cause: error },
    );
  }
  const Base = loaded[name] as new () => MigrationInterface;
  // As a service's migration does it: a subclass that names its declaration.
  return (declaration) =>
    new (class extends Base {
      readonly conversion = declaration;
    })();
}
