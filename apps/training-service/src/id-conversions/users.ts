import type { IdConversion } from '@hockey-hub/migrator/src/conversion';

/** What training-service has of the id conversion `users`. */
export const users: IdConversion = {
  name: 'users',
  service: 'training-service',
  owner: 'user-service',
  keys: [{ table: 'users', column: 'id' }],
  references: [
    { table: 'workout_sessions', column: 'createdBy', to: 'users', kind: 'column' },
    { table: 'workout_sessions', column: 'playerIds', to: 'users', kind: 'array' },
    { table: 'workout_sessions', column: 'metadata', to: 'users', kind: 'json', path: 'coachIds[*]' },
    { table: 'workout_assignments', column: 'playerId', to: 'users', kind: 'column' },
    { table: 'player_workout_loads', column: 'playerId', to: 'users', kind: 'column' },
    {
      table: 'notes',
      column: 'subjectId',
      to: 'users',
      kind: 'polymorphic',
      typeColumn: 'subjectType',
      typeValue: 'user',
    },
  ],
};
