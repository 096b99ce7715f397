/** The shapes of whoever takes part: a scorer that writes in one process, a scoreboard that listens in another. */
import type { Write } from '../load/load';

/** Stable keys of the contenders, as in events.json. */
export type ContenderName = 'ours' | 'floor';

/** For people. */
export const CONTENDER_TITLES: Readonly<Record<ContenderName, string>> = {
  ours: 'ours: outbox, relay, JetStream, inbox, receipts',
  floor: 'floor: insert and publish; consume, insert and acknowledge',
};

export type Role = 'scorer' | 'scoreboard';

/** Where a participant finds its servers; from its environment, since there are passwords in it. */
export interface Servers {
  /** Any database of the server; each side has its own on it. */
  readonly databaseUrl: string;
  readonly natsUrl: string;
}

/** The writing side: ready when it is there. */
export interface Scorer {
  readonly write: Write;
  close(): Promise<void>;
}

/** The listening side: ready when it is there. */
export interface Scoreboard {
  close(): Promise<void>;
}

/** To be told of every effect as soon as its commit is answered. */
export type OnCommitted = (sentAtUs: number) => void;

export interface Contender {
  openScorer(servers: Servers): Promise<Scorer>;
  openScoreboard(servers: Servers, onCommitted: OnCommitted): Promise<Scoreboard>;
}

/** Connections that a participant may hold, whichever contender it is: more than there are writers at any time. */
export const CONNECTIONS = 20;
