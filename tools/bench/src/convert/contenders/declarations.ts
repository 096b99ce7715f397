/** What the two services declare about the conversion that is measured: ours needs to know nothing else. */
import type { DatabaseName } from '@hockey-hub/conversion-clients';
import type { IdConversion } from '@hockey-hub/migrator/src/conversion/declaration';

const NAMES = { name: 'users', owner: 'user-service', keys: [{ table: 'users', column: 'id' }] } as const;

const toUsers = { to: 'users' } as const;

export const DECLARATIONS: Readonly<Record<DatabaseName, IdConversion>> = {
  user: {
    ...NAMES,
    service: 'user-service',
    references: [
      { kind: 'column', table: 'sessions', column: 'userId', ...toUsers },
      { kind: 'column', table: 'parent_links', column: 'parentId', ...toUsers },
      { kind: 'column', table: 'parent_links', column: 'childId', ...toUsers },
      { kind: 'column', table: 'audit_entries', column: 'actorId', ...toUsers },
    ],
  },
  training: {
    ...NAMES,
    service: 'training-service',
    references: [
      { kind: 'column', table: 'workout_sessions', column: 'createdBy', ...toUsers },
      { kind: 'array', table: 'workout_sessions', column: 'playerIds', ...toUsers },
      { kind: 'json', table: 'workout_sessions', column: 'metadata', path: 'coachIds[*]', ...toUsers },
      { kind: 'column', table: 'workout_assignments', column: 'playerId', ...toUsers },
      { kind: 'column', table: 'player_workout_loads', column: 'playerId', ...toUsers },
      {
        ...{ kind: 'polymorphic', table: 'notes', column: 'subjectId' },
        ...{ typeColumn: 'subjectType', typeValue: 'user', ...toUsers },
      },
    ],
  },
};
