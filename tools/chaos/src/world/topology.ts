/** Which processes the platform under test has. Each reaches each server over a link of its own, `<process>>nats`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessPlan } from '@hockey-hub/child-processes';
import { WORKSPACE_ROOT } from '../config';

export const SERVICES = ['user-service', 'training-service'] as const;
export type ServiceName = (typeof SERVICES)[number];

export const SERVERS = ['nats', 'postgres'] as const;
export type ServerName = (typeof SERVERS)[number];

export interface PlatformProcess extends ProcessPlan {
  readonly service: ServiceName;
  readonly role: 'service' | 'relay';
}

const WITHOUT_RELAY = { OUTBOX_RELAY: 'off' };

/** A replica that relays beside a relay of its own, and one that does not relay. */
export const PROCESSES: readonly PlatformProcess[] = [
  service('user-service', 1),
  service('user-service', 2, WITHOUT_RELAY),
  service('training-service', 1),
  service('training-service', 2, WITHOUT_RELAY),
  ...SERVICES.flatMap(relay),
];

/** Every link, and all links to one server at once (`*>nats`). */
export const LINKS: readonly string[] = SERVERS.flatMap((server) => [
  `*>${server}`,
  ...PROCESSES.map(({ name }) => `${name}>${server}`),
]);

function service(name: ServiceName, replica: number, env: ProcessPlan['env'] = {}): PlatformProcess {
  return {
    name: `${name}-${replica}`,
    service: name,
    role: 'service',
    main: `apps/${name}/src/main.ts`,
    env,
  };
}

function relay(name: ServiceName): PlatformProcess[] {
  const main = `apps/${name}/src/relay.ts`;
  if (!existsSync(join(WORKSPACE_ROOT, main))) return [];
  return [{ name: `${name.replace('-service', '')}-relay`, service: name, role: 'relay', main, env: {} }];
}
