/** Which processes the platform under test has. Each reaches each server over a link of its own, `<process>>nats`. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { WORKSPACE_ROOT } from '../config';

export const SERVICES = ['user-service', 'training-service'] as const;
export type ServiceName = (typeof SERVICES)[number];

export const SERVERS = ['nats', 'postgres'] as const;
export type ServerName = (typeof SERVERS)[number];

export interface ProcessPlan {
  readonly name: string;
  readonly service: ServiceName;
  readonly role: 'service' | 'relay';
  /** Relative to the workspace. */
  readonly main: string;
  readonly env: Readonly<Record<string, string>>;
}

const WITHOUT_RELAY = { OUTBOX_RELAY: 'off' };

/** A replica that relays beside a relay of its own, and one that does not relay. */
export const PROCESSES: readonly ProcessPlan[] = [
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

function service(name: ServiceName, replica: number, env: ProcessPlan['env'] = {}): ProcessPlan {
  return {
    name: `${name}-${replica}`,
    service: name,
    role: 'service',
    main: `apps/${name}/src/main.ts`,
    env,
  };
}

function relay(name: ServiceName): ProcessPlan[] {
  const main = `apps/${name}/src/relay.ts`;
  if (!existsSync(join(WORKSPACE_ROOT, main))) return [];
  return [{ name: `${name.replace('-service', '')}-relay`, service: name, role: 'relay', main, env: {} }];
}
