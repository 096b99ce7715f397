/** What the two services declare about the conversion that is measured: ours needs to know nothing else. */
import type { DatabaseName, DatabaseUrls } from '@hockey-hub/conversion-clients';
import type { IdConversion, Reference } from '@hockey-hub/migrator/src/conversion/declaration';

const toUsers = { to: 'users' } as const;

const REFERENCES: Readonly<Record<DatabaseName, readonly Reference[]>> = {
  user: [
    { kind: 'column', table: 'sessions', column: 'userId', ...toUsers },
    { kind: 'column', table: 'parent_links', column: 'parentId', ...toUsers },
    { kind: 'column', table: 'parent_links', column: 'childId', ...toUsers },
    { kind: 'column', table: 'audit_entries', column: 'actorId', ...toUsers },
  ],
  training: [
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
};

/** A service is called as its database here: that is how one finds the database of the other. */
export function declarationOf(database: DatabaseName, urls: DatabaseUrls): IdConversion {
  const serviceOf = (name: DatabaseName): string => new URL(urls[name]).pathname.slice(1);
  return {
    ...{ name: 'users', owner: serviceOf('user'), keys: [{ table: 'users', column: 'id' }] },
    ...{ service: serviceOf(database), references: REFERENCES[database] },
  };
}
