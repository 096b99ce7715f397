/** The beginning of a run: everything is up, every listener has joined, every link is in use, and nothing is broken yet. */
import { subscriptionsOf } from '@hockey-hub/shared-lib/src/events/subscriptions';
import { ChaosError } from '../errors';
import { installProbe } from '../evidence/install-probe';
import { readModelsIn } from '../evidence/read-models';
import { withDatabase } from '../watch/with-database';
import { SERVICES } from '../world/topology';
import type { World } from '../world/world';
import { throwIfInterrupted, type RunTools } from './run-tools';
import { untilNothing } from './until';

const TIMEOUT_MS = 90_000;

/** @throws ChaosError PREPARATION_FAILED with what is missing, INTERRUPTED */
export async function startPlatform(world: World, { onStep, signal }: RunTools): Promise<void> {
  for (const service of SERVICES) {
    await withDatabase(world.databaseUrl(service), async (client) =>
      installProbe(client, await readModelsIn(client)),
    );
  }
  onStep('starting the services');
  world.startProcesses();
  const missing = await untilNothing(() => whatIsMissing(world), TIMEOUT_MS, signal);
  throwIfInterrupted(signal);
  if (missing.length === 0) return;
  const [end] = world.unaskedEnds;
  const words = end ? `; ${end.process} ended with ${end.status}:\n${end.lastLines.join('\n')}` : '';
  throw new ChaosError('PREPARATION_FAILED', `the platform did not start: ${missing.join(', ')}${words}`);
}

async function whatIsMissing(world: World): Promise<string[]> {
  return [
    ...world.notListening.map((name) => `${name} does not listen`),
    ...world.unusedLinks.map((link) => `nobody connected over ${link}`),
    ...(await notJoined(world)),
  ];
}

/** A listener that joins later would take over states in place of events. */
async function notJoined(world: World): Promise<string[]> {
  const missing = SERVICES.map(async (service) => {
    const joined = await withDatabase(world.databaseUrl(service), (client) =>
      client.query(`SELECT FROM "inbox_subscriptions" WHERE "joined_at" IS NOT NULL`),
    );
    const isJoined = joined.rowCount === subscriptionsOf(service).length;
    return isJoined ? [] : [`${service} has not joined all that it subscribes to`];
  });
  return (await Promise.all(missing)).flat();
}
