/** Pure: which migrations become one, and where that one stands. */
import { MigratorError } from '../errors';
import type { Migration } from '../model';
import { newDatabaseRoad } from '../plan/service-state';
import { isNamed } from '../plan/squashes';

export interface RangeRequest {
  readonly service: string;
  /** All of the service's migrations, in order. */
  readonly folder: readonly Migration[];
  /** Names; from the first, to the last when left out. */
  readonly from?: string;
  readonly to?: string;
}

export interface SquashRange {
  /** In order, squashes among them. */
  readonly members: readonly Migration[];
  /** After the last of them and before what follows. */
  readonly timestamp: number;
}

/** @throws MigratorError BAD_OPTION, CANNOT_SQUASH, MIGRATION_NOT_FOUND */
export function squashRange({ service, folder, from, to }: RangeRequest): SquashRange {
  const place = (option: string, name: string) => {
    const found = folder.findIndex((migration) => isNamed(migration, name));
    if (found >= 0) return found;
    throw new MigratorError(
      'MIGRATION_NOT_FOUND',
      `${service}: --${option} ${name} names none of its migrations. There are: ` +
        `${folder.map((migration) => migration.name).join(', ') || 'none'}.`,
    );
  };
  const first = from === undefined ? 0 : place('from', from);
  const last = to === undefined ? folder.length - 1 : place('to', to);
  const members = folder.slice(first, last + 1);
  if (members.length < 2) {
    throw new MigratorError(
      'BAD_OPTION',
      `${service}: there ${members.length === 1 ? `is one migration only (${members[0]!.name})` : 'are no migrations'} ` +
        'from --from to --to; it takes two to make one of.',
    );
  }
  refuseGateOnRows(service, folder.slice(0, last + 1), members);
  return { members, timestamp: timestampAfter(service, members.at(-1)!, folder[last + 1]) };
}

/**
 * A squash has no gate, for where it runs there is nothing to protect: in a new database. One that begins later than its
 * service does also runs in databases that stopped before it, which have rows.
 */
function refuseGateOnRows(
  service: string,
  upToEnd: readonly Migration[],
  members: readonly Migration[],
): void {
  const isMember = ({ name }: Pick<Migration, 'name'>) => members.some((member) => member.name === name);
  const gated = members.find(({ gate }) => gate !== undefined);
  if (!gated || newDatabaseRoad(service, upToEnd).every(isMember)) return;
  throw new MigratorError(
    'CANNOT_SQUASH',
    `${service}: ${gated.name} runs only with --allow ${gated.gate}, and a squash has no gate. A database that stands before ` +
      `${members[0]!.name} would run it on its rows without being asked. Squash up to before ${gated.name} (--to), or from the ` +
      'beginning (without --from): then it runs in new databases alone.',
  );
}

function timestampAfter(service: string, last: Migration, next: Migration | undefined): number {
  const timestamp = last.timestamp + 1;
  if (next === undefined || timestamp < next.timestamp) return timestamp;
  throw new MigratorError(
    'CANNOT_SQUASH',
    `${service}: between ${last.file} and ${next.file} no timestamp is left for the squash, which must come after what it ` +
      'replaces and before what follows. End it with another migration (--to).',
  );
}
