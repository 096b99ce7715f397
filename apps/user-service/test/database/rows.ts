import { TableRows, type Columns } from '@hockey-hub/shared-lib/src/testing';
import { v7 as uuidv7 } from 'uuid';

/** Any valid hash: what matters here is the table, not the password. */
const PASSWORD_HASH = '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$aGFzaA';

/** Valid rows of this service's tables; every method fills in what it is not told. */
export class Rows extends TableRows {
  organization(columns: Columns = {}): Promise<string> {
    return this.insert('organizations', { name: 'Club', subdomain: label(), ...columns });
  }

  async team(columns: Columns = {}): Promise<string> {
    return this.insert('teams', {
      organization_id: columns['organization_id'] ?? (await this.organization()),
      name: 'Lions',
      team_type: 'youth',
      season: '2026-2027',
      ...columns,
    });
  }

  user(columns: Columns = {}): Promise<string> {
    return this.insert('users', {
      email: `${label()}@example.com`,
      password_hash: PASSWORD_HASH,
      first_name: 'Mia',
      last_name: 'Keller',
      ...columns,
    });
  }

  role(columns: Columns = {}): Promise<string> {
    return this.insert('roles', { name: 'referee', description: 'Whistles', ...columns });
  }

  async organizationMembership(columns: Columns = {}): Promise<string> {
    return this.insert('organization_memberships', {
      user_id: columns['user_id'] ?? (await this.user()),
      organization_id: columns['organization_id'] ?? (await this.organization()),
      role_id: columns['role_id'] ?? (await this.systemRole('player')),
      ...columns,
    });
  }

  async teamMembership(columns: Columns = {}): Promise<string> {
    return this.insert('team_memberships', {
      team_id: columns['team_id'] ?? (await this.team()),
      user_id: columns['user_id'] ?? (await this.user()),
      role_id: columns['role_id'] ?? (await this.systemRole('player')),
      ...columns,
    });
  }

  async guardianship(columns: Columns = {}): Promise<string> {
    return this.insert('guardianships', {
      parent_id: columns['parent_id'] ?? (await this.user()),
      child_id: columns['child_id'] ?? (await this.user()),
      ...columns,
    });
  }

  async token(table: 'refresh_tokens' | 'password_reset_tokens', columns: Columns = {}): Promise<string> {
    return this.insert(table, {
      user_id: columns['user_id'] ?? (await this.user()),
      token_hash: 'ab'.repeat(32),
      expires_at: '2100-01-01T00:00:00Z',
      ...columns,
    });
  }

  loginAttempt(columns: Columns = {}): Promise<string> {
    const attempt = { email: 'mia@example.com', succeeded: true, ip_address: '192.0.2.1' };
    return this.insert('login_attempts', { ...attempt, ...columns });
  }

  async systemRole(name: string): Promise<string> {
    const { rows } = await this.client.query<{ id: string }>('SELECT id FROM roles WHERE name = $1', [name]);
    if (!rows[0]) throw new Error(`the role ${name} is not seeded`);
    return rows[0].id;
  }
}

/** A word nobody else has, fit for unique columns. */
function label(): string {
  return `x-${uuidv7()}`;
}
