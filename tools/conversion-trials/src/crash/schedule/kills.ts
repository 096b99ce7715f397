/** What can be killed, always by SIGKILL: nobody gets to say a last word. */

/** Stable names, as in results. */
export const KILL_KINDS = {
  /** The migrator, with its workers, between two statements: at a fault point. */
  'fault-point': 'the migrator between two statements',
  /** The migrator, with its workers, whatever it is doing. */
  migrator: 'the migrator at a random moment',
  /** The postmaster and its sessions; what was committed is recovered from the log. */
  postgres: 'Postgres',
  /** Both at once, as when a machine loses its power. */
  machine: 'the migrator and Postgres together',
  /** Where an id map goes by events: the service that owns it, what publishes its events, the service that has a copy. */
  owner: 'the user-service',
  relay: 'the relay of its outbox',
  follower: 'the training-service',
  nats: 'NATS',
  'nats-store': 'NATS, and its streams are lost',
} as const;

export type KillKind = keyof typeof KILL_KINDS;
export type ServiceKillKind = Extract<KillKind, 'owner' | 'relay' | 'follower' | 'nats' | 'nats-store'>;

export type PlannedKill =
  /** At the so-many-th fault point where this phase of this run has not been, from 1. */
  | { readonly kind: 'fault-point'; readonly diesAt: number }
  /** So long after the migrator's process was started, in percent of what the phase takes here when nobody disturbs it. */
  | { readonly kind: Exclude<KillKind, 'fault-point'>; readonly atPercent: number };
