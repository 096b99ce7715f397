import { setTimeout as sleep } from 'node:timers/promises';
import { ChaosError } from '../errors';
import type { Request, Requests } from '../writers/requests';
import { Town } from '../writers/town';
import type { World } from '../world/world';

const SERVICE = 'user-service';
const ATTEMPTS = 20;
const ATTEMPT_PAUSE_MS = 250;

/**
 * The club that everything else belongs to, and a team of it that is over.
 * @throws ChaosError PREPARATION_FAILED when the user-service does not make it, though nothing is broken yet
 */
export async function prepareTown(world: World, requests: Requests, name: string): Promise<Town> {
  const roles = await fetch(`${world.listening(SERVICE)[0]?.url}/roles`);
  const player = ((await roles.json()) as { id: string; name: string }[]).find(
    (role) => role.name === 'player',
  );
  if (!player)
    throw new ChaosError(
      'PREPARATION_FAILED',
      `${SERVICE} has no role "player"; it is seeded by a migration`,
    );
  const organizationId = await create(requests, (attempt) => ({
    ...{ subject: 'organization', mark: ['subdomain', `${name}-${attempt}`], path: '/organizations' },
    body: { name: `Club ${attempt}`, subdomain: `${name}-${attempt}` },
  }));
  const overTeamId = await create(requests, (attempt) => ({
    ...{ subject: 'team', mark: ['name', `over-${attempt}`], path: '/teams' },
    body: {
      organizationId,
      name: `over-${attempt}`,
      season: '2025-2026',
      teamType: 'senior',
      isActive: false,
    },
  }));
  return new Town(organizationId, player.id, overTeamId);
}

async function create(
  requests: Requests,
  requestOf: (attempt: number) => Pick<Request, 'subject' | 'mark' | 'path' | 'body'>,
): Promise<string> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const reply = await requests.send({
      ...{ service: SERVICE, writer: 'preparation', action: 'create', method: 'POST' },
      ...requestOf(attempt),
    });
    if (reply.outcome === 'done') return reply.body!['id'] as string;
    await sleep(ATTEMPT_PAUSE_MS);
  }
  const { subject } = requestOf(0);
  throw new ChaosError(
    'PREPARATION_FAILED',
    `${SERVICE} made no ${subject} in ${ATTEMPTS} attempts; its log says why`,
  );
}
