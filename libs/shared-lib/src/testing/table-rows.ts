import { escapeIdentifier, type Client } from 'pg';

export type Columns = Record<string, unknown>;

/**
 * Rows written by hand, in SQL, past entities and validation: what the database itself takes and refuses. A service's
 * own class has a method for each table that fills in what it is not told, inserts one row and returns its id.
 */
export class TableRows {
  constructor(protected readonly client: Client) {}

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
