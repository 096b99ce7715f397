import { itKeepsSchemaRules, MESSAGING_TABLES, useDatabase } from '@hockey-hub/shared-lib/src/testing';
import { userDatabase } from '../../src/user-database';

const tables = [
  'guardianships',
  'known_workout_sessions',
  'login_attempts',
  'organization_memberships',
  'organizations',
  'password_reset_tokens',
  'permissions',
  'refresh_tokens',
  'role_permissions',
  'roles',
  'team_memberships',
  'teams',
  'user_erasures',
  'users',
];

itKeepsSchemaRules(useDatabase(userDatabase), {
  tables,
  exemptTables: MESSAGING_TABLES,
  foreignKeyCount: 14,
});
