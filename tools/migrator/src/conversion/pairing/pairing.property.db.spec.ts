/**
 * Old clients, new clients and, beside them, whoever makes maps and fills rows: each in a session of its own, all at the same moment, doing
 * what a seed says. Afterwards every row has two halves that agree by the map, and what was written is there.
 */
import type { Client } from 'pg';
import { sqlstateOf } from '../../pg/sqlstate';
import { twinsOf, type Shape } from '../twins';
import { fillExpression } from './fill-expression';
import { CLUB, CLUB_SCHEMA } from './club-specimen';
import { pairedDatabase, type PairedDatabase } from './paired-database';

const STEPS = 60;
const CLIENTS: readonly Shape[] = ['numeric', 'uuid', 'numeric', 'uuid'];

/** Mulberry32: enough for choices, and the same everywhere. */
function randomOf(seed: number) {
  let state = seed;
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** What such a client may see in the course of things: a row that somebody else took away, or a deadlock of the clients' own. */
const EXPECTED = ['23503', '23505', '40P01'];

class Clerk {
  readonly tokens: string[] = [];
  constructor(
    private readonly client: Client,
    private readonly path: Shape,
    private readonly name: string,
    private readonly random: (below: number) => number,
  ) {}

  async work(): Promise<void> {
    for (let step = 0; step < STEPS; step++) {
      try {
        await this.client.query('BEGIN');
        const token = await this.act(step);
        await this.client.query('COMMIT');
        if (token) this.tokens.push(token);
      } catch (error) {
        if (!EXPECTED.includes(sqlstateOf(error) ?? '')) throw error;
        await this.client.query('ROLLBACK');
      }
    }
  }

  private async act(step: number): Promise<string | undefined> {
    const token = `${this.name} ${step}`;
    const somebody = `(SELECT id FROM users WHERE id IS NOT NULL OFFSET ${this.random(6)} LIMIT 1)`;
    const write = (sql: string) => this.client.query(sql);
    switch (this.random(11)) {
      case 0:
      case 1:
        await write(
          `INSERT INTO users (email, "mentorId", friends) VALUES ('${token}', ${somebody}, ARRAY(SELECT id FROM users LIMIT 3))`,
        );
        return undefined;
      case 2:
      case 3: {
        const { rowCount } = await write(
          `INSERT INTO sessions ("userId", token) SELECT s.id, '${token}' FROM (SELECT ${somebody} AS id) s WHERE s.id IS NOT NULL`,
        );
        return rowCount === 1 ? token : undefined;
      }
      case 4:
        await write(
          `UPDATE sessions SET "userId" = s.id FROM (SELECT ${somebody} AS id) s WHERE s.id IS NOT NULL AND token LIKE '${this.name}%'`,
        );
        return undefined;
      case 5: {
        // Somebody nobody knows (yet), in a column without a foreign key.
        const stranger = this.path === 'numeric' ? `${900 + this.random(5)}` : 'gen_random_uuid()';
        await write(
          `INSERT INTO notes ("authorId", "readBy") SELECT s.id, ARRAY[s.id] FROM (SELECT ${stranger} AS id) s`,
        );
        return undefined;
      }
      case 6:
        await write(`INSERT INTO notes ("authorId", "subjectType", "subjectId", detail)
          SELECT s.id, 'user', s.id::text, jsonb_build_object('scorer', jsonb_build_object('id', s.id), 'lines', '[{"players": []}]'::jsonb)
            FROM (SELECT ${somebody} AS id) s WHERE s.id IS NOT NULL`);
        return undefined;
      case 7:
        if (this.path === 'numeric')
          await write(
            `INSERT INTO users (id, email) VALUES (${900 + this.random(5)}, '${token}') ON CONFLICT (id) DO UPDATE SET email = excluded.email`,
          );
        else await write(`INSERT INTO users (id, email) VALUES (gen_random_uuid(), '${token}')`);
        return undefined;
      case 8:
        await write(`UPDATE users SET friends = friends || id, "mentorId" = NULL WHERE id = ${somebody}`);
        return undefined;
      case 9: {
        // Somebody gets a number of those that others have had, have now, or are referred to by. Sessions cascade.
        const number = 900 + this.random(5);
        if (this.path === 'numeric') await write(`UPDATE users SET id = ${number} WHERE id = ${somebody}`);
        return undefined;
      }
      default: {
        // Who has no session, looked at once he is locked: a session that goes with its user could not be counted.
        const user = `SELECT id FROM public.users OFFSET ${this.random(6)} LIMIT 1`;
        const { rows } = await this.client.query<{ id: number }>(`${user} FOR UPDATE`);
        const id = rows[0]?.id ?? null;
        await write(
          `DELETE FROM public.users u WHERE u.id = ${id} AND NOT EXISTS (SELECT FROM public.sessions s WHERE s."userId" = u.id)`,
        );
        return undefined;
      }
    }
  }
}

const seeds = [1, 2, Date.now() % 1_000_000];
let database: PairedDatabase;
beforeAll(async () => {
  database = await pairedDatabase(CLUB, { schema: CLUB_SCHEMA, hasViews: true });
});
afterEach(() => database.empty());
afterAll(() => database.drop());

it.each(seeds)('random clients of both shapes agree afterwards (seed %i)', async (seed) => {
  const { query, session } = database;
  // Rows older than the triggers.
  await query(
    `ALTER TABLE users DISABLE TRIGGER USER; INSERT INTO users (email) SELECT 'old ' || n FROM generate_series(1, 20) n; ALTER TABLE users ENABLE TRIGGER USER`,
  );
  const clerks: Clerk[] = [];
  for (const [index, shape] of CLIENTS.entries()) {
    const path = shape === 'numeric' ? 'legacy,public' : 'uuid_ids,public';
    clerks.push(
      new Clerk(await session({ path }), shape, `clerk ${seed}-${index}`, randomOf(seed * 31 + index)),
    );
  }
  const fills = async () => {
    await query(`SET id_conversion.filling = 'on'`);
    await query(
      `INSERT INTO id_conversion.users_ids SELECT id, id_conversion.new_uuid() FROM users WHERE id_uuid IS NULL ON CONFLICT DO NOTHING`,
    );
    for (const twin of twinsOf(CLUB)) {
      const value = fillExpression(twin, { source: 'numeric', shape: 'numeric', row: 't' });
      await query(
        `UPDATE "${twin.table}" t SET "${twin.column}_uuid" = ${value} WHERE "${twin.column}_uuid" IS NULL AND "${twin.column}" IS NOT NULL`,
      );
    }
    await query(`SET id_conversion.filling = 'off'`);
  };
  await Promise.all([...clerks.map((clerk) => clerk.work()), fills()]);
  await fills();
  await query(`SELECT id_conversion.fill_waiting('users', NULL)`);

  for (const twin of twinsOf(CLUB)) {
    const value = fillExpression(twin, { source: 'numeric', shape: 'numeric', row: 't' });
    const different = await query(
      `SELECT '${twin.table}.${twin.column}' AS column, "${twin.column}" AS number, "${twin.column}_uuid" AS uuid FROM "${twin.table}" t
        WHERE "${twin.column}" IS NOT NULL AND "${twin.column}_uuid" IS DISTINCT FROM ${value}`,
    );
    expect(different).toEqual([]);
  }
  // What waits still, waits for somebody who is not there.
  expect(
    await query(
      `SELECT w.* FROM id_conversion.waiting w JOIN users u ON u.id = w.number OR u.id_uuid = w.uuid`,
    ),
  ).toEqual([]);
  const tokens = await query<{ token: string }>(`SELECT token FROM sessions`);
  const written = clerks.flatMap((clerk) => clerk.tokens);
  expect(written.length).toBeGreaterThan(0);
  expect(tokens.map(({ token }) => token).sort()).toEqual(written.sort());
});
