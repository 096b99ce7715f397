import { setTimeout as sleep } from 'node:timers/promises';
import { ChaosError } from '../errors';
import type { Requests } from '../writers/requests';
import { Town } from '../writers/town';
import type { World } from '../world/world';

const SERVICE = 'user-service';
const ATTEMPTS = 20;
const ATTEMPT_PAUSE_MS = 250;

/**
 * The club that everything else belongs to.
 * @throws ChaosError PREPARATION_FAILED when the user-service does not make it, though nothing is broken yet
 */
export async function prepareTown(world: World, requests: Requests, name: string): Promise<Town> {
  const [replica] = world.listening(SERVICE);
  const roles = await fetch(`${replica?.url}/roles`);
  const player = ((await roles.json()) as { id: string; name: string }[]).find(
    (role) => role.name === 'player',
  );
  for (let attempt = 0; player && attempt < ATTEMPTS; attempt++) {
    const reply = await requests.send({
      ...{ service: SERVICE, writer: 'preparation', action: 'create', subject: 'organization' },
      ...{ mark: ['subdomain', `${name}-${attempt}`], method: 'POST', path: '/organizations' },
      body: { name: `Club ${attempt}`, subdomain: `${name}-${attempt}` },
    });
    if (reply.outcome === 'done') return new Town(reply.body!['id'] as string, player.id);
    await sleep(ATTEMPT_PAUSE_MS);
  }
  throw new ChaosError(
    'PREPARATION_FAILED',
    `${SERVICE} made no club, or has no role "player"; its log says why`,
  );
}
