/** What clients write into the training database: every kind of reference to a user that there is. */
import { v7 as newUuid } from 'uuid';
import type { Request } from './request';

const PLAYERS_OF_A_WORKOUT = 3;

export const TRAINING_WRITES: readonly Request[] = [
  {
    name: 'assign a workout',
    database: 'training',
    weight: 8,
    compose: ({ users, rows, random }) => {
      const [workout, playerId, id] = [random.pickIfAny(rows.workouts), users.pick(random), newUuid()];
      if (workout === undefined || playerId === undefined) return undefined;
      return {
        text: 'INSERT INTO "workout_assignments" ("id", "sessionId", "playerId") VALUES ($1, $2, $3)',
        values: [id, workout, playerId],
        writes: { table: 'workout_assignments', key: id, references: [playerId], isUpdate: false },
      };
    },
  },
  {
    name: 'assign a workout to another player',
    database: 'training',
    weight: 4,
    compose: ({ users, rows, random }) => {
      const [assignment, playerId] = [random.pickIfAny(rows.assignments), users.pick(random)];
      if (assignment === undefined || playerId === undefined) return undefined;
      return {
        text: 'UPDATE "workout_assignments" SET "playerId" = $2 WHERE "id" = $1',
        values: [assignment, playerId],
        writes: { table: 'workout_assignments', key: assignment, references: [playerId], isUpdate: true },
      };
    },
  },
  {
    name: 'record the load of a player',
    database: 'training',
    weight: 4,
    compose: ({ users, rows, random }) => {
      const [workout, playerId, id] = [random.pickIfAny(rows.workouts), users.pick(random), newUuid()];
      if (workout === undefined || playerId === undefined) return undefined;
      return {
        text:
          'INSERT INTO "player_workout_loads" ("id", "sessionId", "playerId", "load") VALUES ($1, $2, $3, 0.5) ' +
          'ON CONFLICT ("sessionId", "playerId") DO UPDATE SET "load" = excluded."load" RETURNING "id"',
        values: [id, workout, playerId],
        writes: { table: 'player_workout_loads', key: id, references: [playerId], isUpdate: false },
        // The row that was there before keeps its id.
        written: (row) => ({ key: String(row['id']) }),
      };
    },
  },
  {
    name: 'plan a workout',
    database: 'training',
    weight: 2,
    compose: ({ users, random, unique }) => {
      const people = users.pickSeveral(PLAYERS_OF_A_WORKOUT + 1, random);
      const [coach, ...players] = people;
      if (coach === undefined) return undefined;
      const id = newUuid();
      const metadata = { coachIds: [asDocumentsHaveIt(coach)] };
      return {
        text:
          'INSERT INTO "workout_sessions" ("id", "title", "createdBy", "playerIds", "scheduledAt", "metadata") ' +
          'VALUES ($1, $2, $3, $4, now(), $5)',
        values: [id, unique(), coach, players, JSON.stringify(metadata)],
        writes: {
          table: 'workout_sessions',
          key: id,
          references: [coach, ...players, coach],
          isUpdate: false,
        },
      };
    },
  },
  {
    name: 'note something about a user',
    database: 'training',
    weight: 2,
    compose: ({ users, random, unique }) => {
      const [subject, id] = [users.pick(random), newUuid()];
      if (subject === undefined) return undefined;
      return {
        text: `INSERT INTO "notes" ("id", "subjectType", "subjectId", "body") VALUES ($1, 'user', $2, $3)`,
        values: [id, subject, unique()],
        writes: { table: 'notes', key: id, references: [subject], isUpdate: false },
      };
    },
  },
];

/** A number is one there, too. Who knows numbers may have been given a UUID since, by a database that was converted under them. */
function asDocumentsHaveIt(id: string): number | string {
  return /^-?\d+$/.test(id) ? Number(id) : id;
}
