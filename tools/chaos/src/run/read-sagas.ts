import { ChaosError } from '../errors';
import type { ToldSaga } from '../ledger/saga-effects';
import type { World } from '../world/world';
import { askService } from './ask-service';

const SERVICE = 'user-service';
const NAMES = ['transfer-player', 'erase-user'];
/** The most that the service tells at once. */
const LIMIT = 1_000;

/** Every saga, as operators see it. @throws ChaosError SERVICE_UNUSABLE; PREPARATION_FAILED when there are more than can be listed */
export async function readSagas(world: World): Promise<ToldSaga[]> {
  const sagas: ToldSaga[] = [];
  for (const name of NAMES) {
    const listed = await ask<readonly { id: string }[]>(world, `?saga=${name}&limit=${LIMIT}`);
    if (listed.length === LIMIT) {
      const message = `there are ${LIMIT} sagas ${name} or more, and no more can be listed: give fewer minutes`;
      throw new ChaosError('PREPARATION_FAILED', message);
    }
    for (const { id } of listed) sagas.push(await ask<ToldSaga>(world, `/${id}`));
  }
  return sagas;
}

/** How many go on. */
export async function countUnfinishedSagas(world: World): Promise<number> {
  const counts = await Promise.all(
    ['running', 'compensating'].map(
      async (state) => (await ask<readonly object[]>(world, `?state=${state}`)).length,
    ),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

function ask<Body>(world: World, path: string): Promise<Body> {
  return askService(world, SERVICE, `/operations/sagas${path}`);
}
