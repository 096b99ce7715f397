/** What the services themselves say there is, over HTTP: every row of every list. */
import type { ShownRow, ShownRows } from '../checks/check-writes';
import type { Subject } from '../ledger/entries';
import type { ServiceName } from '../world/topology';
import type { World } from '../world/world';
import { askService } from './ask-service';

const LISTS: Readonly<Partial<Record<Subject, { readonly service: ServiceName; readonly path: string }>>> = {
  organization: { service: 'user-service', path: '/organizations' },
  team: { service: 'user-service', path: '/teams' },
  user: { service: 'user-service', path: '/users' },
  'team-membership': { service: 'user-service', path: '/team-memberships' },
  'workout-session': { service: 'training-service', path: '/workout-sessions' },
  'workout-assignment': { service: 'training-service', path: '/workout-assignments' },
};

const PAGE_ROWS = 100;

interface Page {
  readonly data: readonly Record<string, unknown>[];
  readonly meta: { readonly totalPages?: number };
}

/** @throws ChaosError SERVICE_UNUSABLE when a service does not answer as it should, though nothing is broken any more */
export async function readShownRows(world: World): Promise<ShownRows> {
  const shown = new Map<Subject, readonly ShownRow[]>();
  for (const [subject, { service, path }] of Object.entries(LISTS)) {
    const rows: ShownRow[] = [];
    for (let page = 1, pages = 1; page <= pages; page++) {
      const query = `limit=${PAGE_ROWS}&page=${page}&sortBy=id:ASC`;
      const { data, meta } = await askService<Page>(world, service, `${path}?${query}`);
      rows.push(...data.map(asAsked));
      pages = meta.totalPages ?? 1;
    }
    shown.set(subject as Subject, rows);
  }
  return shown;
}

/** A membership shows its user; what is asked for names the user's id. */
function asAsked(row: Record<string, unknown>): ShownRow {
  const { user } = row as { user?: { id: string } };
  return { ...(row as ShownRow), ...(user && { userId: user.id }) };
}
