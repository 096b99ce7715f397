import { escapeIdentifier, type Client } from 'pg';
import { v7 as uuidv7 } from 'uuid';

export type Columns = Record<string, unknown>;

/** Any valid hash: what matters here is the table, not the password. */
const PASSWORD_HASH = '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$aGFzaA';

/**
 * Rows written by hand, in SQL, past entities and validation: what the database itself takes and refuses. Every
 * method fills in what it is not told, inserts one row and returns its id.
 */
export class Rows {
  constructor(private readonly client: Client) {}

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

  async insert(table: string, columns: Columns): Promise<string> {
    const names = Object.keys(columns).map(escapeIdentifier).join(', ');
    const values = Object.keys(columns)
      .map((_, index) => `$${index + 1}`)
      .join(', ');
    const { rows } = await this.client.query<{ id: string }>(
      `INSERT INTO ${escapeIdentifier(table)} (${names}) VALUES (${values}) RETURNING id`,
      Object.values(columns),
    );
    return rows[0]!.id;
  }

  async count(table: string): Promise<number> {
    const { rows } = await this.client.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM ${escapeIdentifier(table)}`,
    );
    return rows[0]!.count;
  }
}

/** A word nobody else has, fit for unique columns. */
function label(): string {
  return `x-${uuidv7()}`;
}
