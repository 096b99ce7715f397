/** Pure: what is wrong in the databases of real clubs, each kind countable on its own. */
import { LegacyClubsError } from './errors';

export const DIRT_KINDS = {
  /** users: pairs of people whose e-mails are the same but for case. */
  emailsDifferingInCase: 'pairs of users',
  /** users: roles that the platform does not have. */
  unknownRoles: 'users',
  /** users: team codes with spaces or tabs around them. */
  strayTeamCodesOfUsers: 'users',
  /** users: no first name, no last name, or neither. */
  nullNames: 'users',
  /** workout_sessions: team codes with spaces or tabs around them. */
  strayTeamCodesOfSessions: 'workout sessions',
  /** workout_sessions: team codes that no user has. */
  sessionsOfUnknownTeams: 'workout sessions',
  /** workout_sessions."createdBy" of nobody. */
  danglingCreators: 'workout sessions',
  /** workout_sessions."playerIds" with one element that is nobody. */
  danglingPlayers: 'workout sessions',
  /** workout_sessions.metadata.coachIds with one element that is nobody. */
  danglingCoaches: 'workout sessions',
  /** workout_assignments."playerId" of nobody. */
  danglingAssignments: 'workout assignments',
  /** player_workout_loads."playerId" of nobody. */
  danglingLoads: 'player workout loads',
  /** notes."subjectId" of nobody where the subject is a user. */
  danglingNotes: 'notes',
} as const;

export type DirtKind = keyof typeof DIRT_KINDS;
/** How many of each kind, in the unit that DIRT_KINDS says. */
export type DirtCounts = Readonly<Record<DirtKind, number>>;
/** `true`: one of every kind for each thousand users, at least one. Kinds that a record leaves out: none. */
export type DirtRequest = boolean | Partial<DirtCounts>;

/** @throws LegacyClubsError INVALID_OPTION */
export function dirtAskedFor(request: DirtRequest, users: number): DirtCounts {
  if (typeof request === 'boolean') {
    const each = request ? Math.max(1, Math.round(users / 1000)) : 0;
    return countsOf(() => each);
  }
  for (const [kind, count] of Object.entries(request)) {
    if (!(kind in DIRT_KINDS) || !Number.isSafeInteger(count) || count < 0) {
      throw new LegacyClubsError(
        'INVALID_OPTION',
        `dirt "${kind}": ${String(count)} is no such kind, or no such count. Counts are integers from 0; the kinds are ` +
          `${Object.keys(DIRT_KINDS).join(', ')}.`,
      );
    }
  }
  return countsOf((kind) => request[kind] ?? 0);
}

export function countsOf(count: (kind: DirtKind) => number): DirtCounts {
  const kinds = Object.keys(DIRT_KINDS) as DirtKind[];
  return Object.fromEntries(kinds.map((kind) => [kind, count(kind)])) as Record<DirtKind, number>;
}
