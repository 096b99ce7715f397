import { defaultDataRoot } from '../config';
import { locateNats } from '../nats/locate-program';
import setUp from './jest-global-setup';

/**
 * The global setup of projects whose tests start NATS servers (`startTemporaryNats`): finds nats-server before the first of
 * them, because fetching it the first time takes longer than a test may. Each test file has a server of its own, which
 * starts in a few milliseconds, so that it may be killed and robbed of its streams.
 *
 * @throws DevServicesError NATS_NOT_INSTALLED with the command that installs it
 */
export default async function setUpWithNats(): Promise<void> {
  // First what starts nothing: when a setup fails, Jest runs no teardown.
  await locateNats(defaultDataRoot, console.log);
  await setUp();
}
