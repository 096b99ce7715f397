/**
 * Pure: who is in a legacy club of a given size, and how many rows refer to them. A *family block* is twenty people in a row: twelve
 * players, five of their parents, and three who work for the club. Blocks of one team follow each other.
 *
 * The numbers of users have gaps, as real ones do: every 51st belonged to somebody who was deleted long ago. That is
 * where dangling references point.
 */

export const BLOCK = 20;
export const PLAYERS_OF_BLOCK = 12;
export const PARENTS_OF_BLOCK = 5;
const BLOCKS_OF_TEAM = 2;
/** The numbers that are no user's are its multiples. */
export const GAP = 51;

export interface Population {
  readonly users: number;
  /** Whole blocks alone: what refers to players draws from these. */
  readonly blocks: number;
  readonly teams: number;
  /** How many numbers belonged to somebody who is gone: GAP, 2 * GAP, ... */
  readonly gone: number;
  /** Rows. */
  readonly sessions: number;
  readonly auditEntries: number;
  readonly workoutSessions: number;
  readonly workoutAssignments: number;
  readonly playerWorkoutLoads: number;
  readonly notes: number;
}

/** About half of a user's parent links, per user: what the blocks make of themselves. */
const LINKS_PER_USER = 0.48;

/** @param referringRowsPerUser over both databases, half of them in each */
export function populationOf(users: number, referringRowsPerUser: number): Population {
  const inEach = referringRowsPerUser / 2;
  const ofLogins = Math.max(0, inEach - LINKS_PER_USER);
  const rows = (perUser: number) => Math.floor(users * perUser);
  const blocks = Math.floor(users / BLOCK);
  return {
    users,
    blocks,
    teams: Math.ceil(blocks / BLOCKS_OF_TEAM),
    gone: Math.max(1, Math.floor((users - 1) / (GAP - 1))),
    sessions: rows(ofLogins * 0.65),
    auditEntries: rows(ofLogins * 0.35),
    workoutSessions: Math.max(1, rows(inEach * 0.1)),
    workoutAssignments: rows(inEach * 0.5),
    playerWorkoutLoads: rows(inEach * 0.25),
    notes: rows(inEach * 0.15),
  };
}

/** The number of the n-th user (n from 1), in SQL: 1 to 50, 52 to 101, 103, ... */
export const userNumber = (n: string) => `((${n}) + ((${n}) - 1) / ${GAP - 1})::int`;

/** The team code of a block (from 0), in SQL. */
export const teamCode = (block: string) =>
  `'U' || (8 + ((${block}) / ${BLOCKS_OF_TEAM}) % 12) || '-' || ((${block}) / ${BLOCKS_OF_TEAM} + 1)`;
