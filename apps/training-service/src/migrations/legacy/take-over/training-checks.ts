/** Pure: what can be wrong with the rows of a legacy training database, and the ways to decide. Ids of users are UUIDs by now. */
import { DEFAULT_TEAM_NAME, LEGACY_TEAM_CODES, referencesToNobody, trimmedInSql, type LegacyCheck } from '@hockey-hub/shared-lib';

const LONGEST_TITLE = 150;
const UUID = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';

/** Of a row whose user is gone, and whose reference the conversion therefore made null or kept aside. */
const withoutPlayer = (table: string): string => `
  SELECT '', '${table}', r."id"::text, 'row ' || r."id" || ' of session ' || r."sessionId" FROM "${table}" AS r
  WHERE r."playerId" IS NULL`;

export const trainingChecks: readonly LegacyCheck[] = [
  {
    kind: 'unknown-teams',
    what:
      'workout sessions with a team code that is not in the list of those that have a team. The list is ' +
      `${LEGACY_TEAM_CODES}; is it filled from the user-service?`,
    rows: `
      SELECT ${trimmedInSql('w."teamCode"')}, 'workout_sessions', w."id"::text, w."title" || ' (session ' || w."id" || ')'
      FROM "workout_sessions" AS w
      WHERE ${trimmedInSql('w."teamCode"')} IS NOT NULL
        AND NOT EXISTS (SELECT FROM ${LEGACY_TEAM_CODES} AS t WHERE t."code" = ${trimmedInSql('w."teamCode"')})`,
    choices: [{ choice: 'default-team', means: `these sessions are of '${DEFAULT_TEAM_NAME}'` }],
  },
  {
    kind: 'sessions-without-creator',
    what: 'workout sessions whose creator is gone',
    rows: `
      SELECT '', 'workout_sessions', w."id"::text, w."title" || ' (session ' || w."id" || ')' FROM "workout_sessions" AS w
      WHERE w."createdBy" IS NULL`,
    choices: [
      {
        choice: 'attribute-to',
        means: 'this user planned them',
        detail: {
          means: 'the id of a user, a UUID in small letters',
          example: '00000000-0000-0000-0000-000000000000',
          accepts: (detail) => new RegExp(UUID).test(detail) && !/^[0-]+$/.test(detail),
        },
      },
    ],
  },
  {
    kind: 'assignments-without-player',
    what: 'workout assignments of somebody who is gone',
    rows: withoutPlayer('workout_assignments'),
    choices: [{ choice: 'leave-out', means: 'they are not taken over, and stay in the archive' }],
  },
  {
    kind: 'loads-without-player',
    what: 'workout loads of somebody who is gone',
    rows: withoutPlayer('player_workout_loads'),
    choices: [{ choice: 'leave-out', means: 'they are not taken over, and stay in the archive' }],
  },
  {
    kind: 'unusable-titles',
    what: `workout sessions whose title is blank or longer than ${LONGEST_TITLE} characters`,
    rows: `
      SELECT '', 'workout_sessions', w."id"::text, '''' || left(w."title", 40) || ''' (session ' || w."id" || ')'
      FROM "workout_sessions" AS w WHERE length(w."title") > ${LONGEST_TITLE} OR ${trimmedInSql('w."title"')} IS NULL`,
    choices: [
      { choice: 'cut', means: `a long one keeps its first ${LONGEST_TITLE} characters, a blank one becomes 'Untitled'` },
    ],
  },
  {
    kind: 'unusable-loads',
    what: 'workout loads that are no number from 0 to 10 with at most three decimals',
    rows: `
      SELECT '', 'player_workout_loads', l."id"::text, l."load" || ' (load ' || l."id" || ')' FROM "player_workout_loads" AS l
      WHERE NOT (l."load" >= 0 AND l."load" <= 10 AND l."load" = round(l."load", 3))`,
    choices: [{ choice: 'nearest', means: 'they become the nearest number that is one; NaN becomes 1, a load as planned' }],
  },
  {
    kind: 'stray-team-codes',
    what: 'workout sessions whose team code has blanks around it, which go',
    rows: `
      SELECT '', 'workout_sessions', w."id"::text, '''' || w."teamCode" || '''' FROM "workout_sessions" AS w
      WHERE w."teamCode" IS DISTINCT FROM ${trimmedInSql('w."teamCode"')}`,
    choices: [],
  },
  referencesToNobody,
];
