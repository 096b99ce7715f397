/**
 * What can be broken, how often each is, and for how long. Times are milliseconds; what a fault does is in faults/, one
 * file each.
 */

/** What a fault is aimed at. */
export type Aim = 'service' | 'relay' | 'link' | 'database' | 'none';

export interface FaultKind {
  /** How often it comes, beside the others. */
  readonly weight: number;
  readonly aim: Aim;
  /** How long it lasts before it is lifted; [0, 0] for what happens in one moment. */
  readonly lastsMs: readonly [shortest: number, longest: number];
  /** For the table of a run. */
  readonly title: string;
}

export const FAULT_KINDS = {
  'kill-service': {
    weight: 3,
    aim: 'service',
    lastsMs: [0, 3_000],
    title: 'a service is killed (-9) and started again',
  },
  'kill-relay': {
    weight: 2,
    aim: 'relay',
    lastsMs: [0, 3_000],
    title: 'a relay is killed (-9) and started again',
  },
  'kill-nats': {
    weight: 2,
    aim: 'none',
    lastsMs: [200, 3_000],
    title: 'NATS is killed (-9) and started again',
  },
  'lose-store': {
    weight: 1.5,
    aim: 'none',
    lastsMs: [500, 2_500],
    title:
      'NATS is killed and comes back without its JetStream store, which had events that nobody has received',
  },
  'crash-postgres': {
    weight: 1.5,
    aim: 'none',
    lastsMs: [0, 1_500],
    title: 'Postgres is killed (-9) and recovers',
  },
  'restart-postgres': {
    weight: 0.5,
    aim: 'none',
    lastsMs: [0, 0],
    title: 'Postgres is stopped, ending every session, and started again',
  },
  cut: { weight: 3, aim: 'link', lastsMs: [0, 0], title: 'connections are cut' },
  refuse: { weight: 1.5, aim: 'link', lastsMs: [500, 5_000], title: 'connections are cut and refused' },
  stall: { weight: 2, aim: 'link', lastsMs: [500, 5_000], title: 'bytes are held up, both ways' },
  'server-gone': {
    weight: 1.5,
    aim: 'link',
    lastsMs: [1_000, 6_000],
    title: 'half-open: the server is gone, the client is not told',
  },
  'client-gone': {
    weight: 1.5,
    aim: 'link',
    lastsMs: [1_000, 6_000],
    title: 'half-open: the client is gone, the server is not told',
  },
  'lose-answers': {
    weight: 3,
    aim: 'link',
    lastsMs: [200, 3_000],
    title: 'requests arrive, their answers do not, then the connection is cut',
  },
  redeliver: {
    weight: 2,
    aim: 'none',
    lastsMs: [0, 0],
    title: 'events of the past are delivered again, in shuffled order',
  },
  reorder: {
    weight: 1.5,
    aim: 'none',
    lastsMs: [500, 2_500],
    title: 'events are kept back, and then delivered for the first time in shuffled order',
  },
  malformed: { weight: 0.7, aim: 'none', lastsMs: [0, 0], title: 'a message that is no event is published' },
  'hold-transaction': {
    weight: 1.2,
    aim: 'database',
    lastsMs: [1_000, 8_000],
    title: 'a transaction with an id is held open across commits',
  },
  'hold-event': {
    weight: 1.2,
    aim: 'database',
    lastsMs: [1_000, 8_000],
    title: 'a transaction that wrote an event is held open across commits, then committed or rolled back',
  },
} as const satisfies Readonly<Record<string, FaultKind>>;

export type FaultName = keyof typeof FAULT_KINDS;

export const FAULT_NAMES = Object.keys(FAULT_KINDS) as FaultName[];
