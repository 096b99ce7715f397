import { ChaosError, wordsOf } from '../errors';
import type { ServiceName } from '../world/topology';
import type { World } from '../world/world';

const PATIENCE_MS = 30_000;

/**
 * What a service answers when nothing is broken any more, asked as an operator.
 * @throws ChaosError SERVICE_UNUSABLE for no answer, or another than 2xx
 */
export async function askService<Body>(world: World, service: ServiceName, path: string): Promise<Body> {
  const [replica] = world.listening(service);
  if (!replica) throw new ChaosError('SERVICE_UNUSABLE', `no replica of ${service} listens`);
  const asked = `GET ${path} of ${replica.plan.name}`;
  let response: Response;
  try {
    response = await fetch(`${replica.url}${path}`, {
      headers: { authorization: `Bearer ${world.operatorToken}` },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch (error) {
    throw new ChaosError('SERVICE_UNUSABLE', `${asked} was not answered: ${wordsOf(error)}`, {
      cause: error,
    });
  }
  if (response.ok) return (await response.json()) as Body;
  throw new ChaosError('SERVICE_UNUSABLE', `${asked} answered ${response.status}: ${await response.text()}`);
}
