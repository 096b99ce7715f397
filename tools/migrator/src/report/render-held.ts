/** Pure: the gates that a run stopped at -> what must be true first, and the command to go on. */
import type { Gate, HeldMigration } from '../model';

const FIRST: Record<Gate, string> = {
  switch:
    'the backfill is complete and proven, and every running version of every service can read and write the new columns ' +
    'as well as the old ones',
  contract:
    'no running version of any service, and no client, uses the old columns or tables any more: what this removes comes ' +
    'back only from a backup or, for ids, from the id map',
};

export function renderHeld(held: readonly HeldMigration[]): string[] {
  const gates = [...new Set(held.map(({ gate }) => gate))];
  return gates.flatMap((gate) => [
    '',
    ...held.filter((migration) => migration.gate === gate).map(describe),
    `  First make sure that ${FIRST[gate]}.`,
    `  Then go on with: --allow ${gate}`,
  ]);
}

function describe({ id, gate, holds }: HeldMigration): string {
  const others = holds.length === 0 ? '' : `, and with it ${holds.join(', ')}`;
  return `Stopped before ${id} (gate ${gate})${others}.`;
}
