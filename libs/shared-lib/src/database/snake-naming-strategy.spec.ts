import { SnakeNamingStrategy } from './snake-naming-strategy';

const naming = new SnakeNamingStrategy();
const longColumns = ['development_plan_identifier', 'player_evaluation_identifier', 'season'];

it('names tables and columns in snake_case, and takes given names as they are', () => {
  expect(naming.tableName('TeamMembership', undefined)).toBe('team_membership');
  expect(naming.tableName('TeamMembership', 'team_memberships')).toBe('team_memberships');
  expect(naming.columnName('firstName', undefined, [])).toBe('first_name');
  expect(naming.columnName('firstName', 'givenName', [])).toBe('givenName');
  expect(naming.columnName('postalCode', undefined, ['homeAddress'])).toBe('home_address_postal_code');
});

it('names join columns and join tables', () => {
  expect(naming.joinColumnName('organization', 'id')).toBe('organization_id');
  expect(naming.joinTableName('roles', 'permissions', 'grantedPermissions')).toBe(
    'roles_granted_permissions_permissions',
  );
  expect(naming.joinTableColumnName('roles', 'id')).toBe('roles_id');
});

it('names constraints for what they are and what they are on', () => {
  expect(naming.primaryKeyName('teams')).toBe('pk_teams');
  expect(naming.foreignKeyName('teams', ['organization_id'])).toBe('fk_teams_organization_id');
  expect(naming.uniqueConstraintName('teams', ['organization_id', 'name'])).toBe(
    'uq_teams_organization_id_name',
  );
  expect(naming.relationConstraintName('profiles', ['user_id'])).toBe('uq_profiles_user_id');
  expect(naming.indexName('teams', ['season'])).toBe('ix_teams_season');
  expect(naming.checkConstraintName('guardianships', '"parent_id" <> "child_id"')).toMatch(
    /^ck_guardianships_parent_id_child_id_[0-9a-f]{6}$/,
  );
});

it('leaves the schema out', () => {
  expect(naming.indexName('legacy.teams', ['season'])).toBe('ix_teams_season');
});

it('tells a partial index from a whole one and from another partial one', () => {
  const names = [undefined, 'left_at IS NULL', 'left_at IS NOT NULL'].map((where) =>
    naming.indexName('team_memberships', ['team_id'], where),
  );
  expect(new Set(names).size).toBe(3);
  expect(names[1]).toMatch(/^ix_team_memberships_team_id_where_[0-9a-f]{6}$/);
});

it('tells two checks on the same columns apart, but not by their white space', () => {
  const check = (expression: string) => naming.checkConstraintName('plans', expression);
  expect(check('"ends_on" > "starts_on"')).not.toBe(check('"ends_on" >= "starts_on"'));
  expect(check('"ends_on"  >\n "starts_on"')).toBe(check('"ends_on" > "starts_on"'));
});

it('keeps the order of columns, since another order is another index', () => {
  expect(naming.indexName('teams', ['a', 'b'])).not.toBe(naming.indexName('teams', ['b', 'a']));
});

it.each([
  naming.indexName('player_workout_loads', longColumns, 'x IS NULL'),
  naming.foreignKeyName('player_workout_loads', longColumns),
  naming.checkConstraintName(
    'player_workout_loads',
    longColumns.map((column) => `"${column}" > 0`).join(' AND '),
  ),
  naming.joinTableName('development_plans', 'player_evaluations', 'evaluationsThatLedToThisPlan'),
])('keeps every name within what PostgreSQL keeps: %s', (name) => {
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(63);
});
