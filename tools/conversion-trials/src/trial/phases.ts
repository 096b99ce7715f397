/** Pure: the five phases of the trials' conversion, their files, and what the command line is told for each. */
import { FIRST_PHASE } from '@hockey-hub/migrator/src/testing/legacy-club';

export const PHASES = [
  'AddUuidColumns',
  'GenerateUuids',
  'UpdateReferences',
  'SwitchPrimaryKeys',
  'RemoveNumericIds',
] as const;

export type PhaseName = (typeof PHASES)[number];

/** That one, and all before it. */
export const phasesUpTo = (phase: PhaseName): readonly PhaseName[] =>
  PHASES.slice(0, PHASES.indexOf(phase) + 1);

/** `UsersAddUuidColumns`: the same in both services, and enough for `--to`. */
export const migrationOf = (phase: PhaseName): string => `Users${phase}`;

/** In the folder of a service's migrations. */
export const fileOf = (phase: PhaseName): string =>
  `${FIRST_PHASE + PHASES.indexOf(phase)}-${migrationOf(phase)}.ts`;

/** What the ledger calls it -> the phase; undefined for every other migration. */
export const phaseOf = (ledgerName: string): PhaseName | undefined =>
  PHASES.find((phase) => ledgerName === `${migrationOf(phase)}${FIRST_PHASE + PHASES.indexOf(phase)}`);

/** The gates that must be open for a phase and for those before it. */
export function gatesOf(phase: PhaseName): readonly string[] {
  const gates = [
    ['switch', 'SwitchPrimaryKeys'],
    ['contract', 'RemoveNumericIds'],
  ] as const;
  return gates.flatMap(([gate, gated]) => (phasesUpTo(phase).includes(gated) ? [gate] : []));
}
