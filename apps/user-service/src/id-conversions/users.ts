import type { IdConversion } from '@hockey-hub/migrator/src/conversion';

/** What user-service has of the id conversion `users`. */
export const users: IdConversion = {
  name: 'users',
  service: 'user-service',
  owner: 'user-service',
  keys: [{ table: 'users', column: 'id' }],
  references: [
    { table: 'sessions', column: 'userId', to: 'users', kind: 'column' },
    { table: 'parent_links', column: 'parentId', to: 'users', kind: 'column' },
    { table: 'parent_links', column: 'childId', to: 'users', kind: 'column' },
    { table: 'audit_entries', column: 'actorId', to: 'users', kind: 'column' },
  ],
};
