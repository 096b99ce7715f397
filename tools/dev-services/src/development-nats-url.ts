import { ensureNats } from './nats/ensure-nats';
import type { NatsOptions } from './nats/model';

/**
 * The server to develop against: the one NATS_URL names, which is never touched, else the one of this workspace, started
 * when it does not run.
 * @throws DevServicesError as ensureNats does
 */
export async function ensureDevelopmentNatsUrl(
  env: Readonly<Record<string, string | undefined>>,
  options?: NatsOptions,
): Promise<string> {
  return env['NATS_URL']?.trim() || (await ensureNats(options)).url;
}
