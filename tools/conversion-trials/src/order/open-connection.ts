/**
 * What is open for days: connections with statements that they prepared long ago, and an ORM's with entities that it loaded long ago.
 * A statement that is prepared as `SELECT *` is the one that notices any change of a table: Postgres refuses it with "cached
 * plan must not change result type" when its columns are not the same any more.
 */
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { DataSource, EntitySchema, type Repository } from 'typeorm';
import type { ClientGroup, DatabaseUrls } from '@hockey-hub/conversion-clients';

const ANY_PASSWORD = '$2b$10$open';

interface UserRow {
  id: string | number;
  email: string;
  password: string;
  firstName: string | null;
  role: string;
}

export class OpenConnection {
  private rounds = 0;
  private held?: UserRow;

  private constructor(
    private readonly group: ClientGroup,
    /** Of its rows. */
    private readonly name: string,
    private readonly user: Client,
    private readonly training: Client,
    private readonly orm: DataSource,
  ) {}

  static async open(group: ClientGroup, urls: DatabaseUrls): Promise<OpenConnection> {
    const options = `-c search_path=${group.searchPath}`;
    const [user, training] = [urls.user, urls.training].map(
      (connectionString) => new Client({ connectionString, options }),
    ) as [Client, Client];
    const id =
      group.ids === 'number'
        ? ({ type: 'int', generated: 'increment' } as const)
        : ({ type: 'uuid', generated: 'uuid' } as const);
    const orm = new DataSource({
      type: 'postgres',
      url: urls.user,
      // One session for everything: it is as old as this.
      extra: { options, max: 1, idleTimeoutMillis: 0 },
      entities: [
        new EntitySchema<UserRow>({
          name: 'user',
          tableName: 'users',
          columns: {
            id: { ...id, primary: true },
            email: { type: 'varchar' },
            password: { type: 'varchar' },
            firstName: { type: 'varchar', nullable: true },
            role: { type: 'varchar' },
          },
        }),
      ],
    });
    await user.connect();
    await training.connect();
    await orm.initialize();
    return new OpenConnection(group, randomBytes(5).toString('hex'), user, training, orm);
  }

  /** Everything once, with the statements and the entity of the first round. @throws whatever Postgres refuses, or `expect` finds */
  async round(): Promise<void> {
    const email = `open-${this.name}-${++this.rounds}@clients.example`;
    const added = await this.prepared<UserRow>(
      this.user,
      'add a user',
      `INSERT INTO "users" ("email", "password", "role") VALUES ($1, $2, 'player') RETURNING *`,
      [email, ANY_PASSWORD],
    );
    const { id } = added;
    expect(typeof id).toBe(this.group.ids === 'number' ? 'number' : 'string');
    await this.prepared(
      this.user,
      'open a session',
      `INSERT INTO "sessions" ("userId", "token", "expiresAt") VALUES ($1, $2, now()) RETURNING *`,
      [id, email],
    );
    const found = await this.prepared(
      this.user,
      'find a user',
      `SELECT "u".* FROM "users" AS "u" JOIN "sessions" AS "s" ON "s"."userId" = "u"."id" WHERE "s"."token" = $1`,
      [email],
    );
    expect(found).toEqual(added);
    await this.prepared(this.user, 'see a user', `SELECT * FROM "active_users" WHERE "id" = $1`, [id]);
    await this.prepared(
      this.user,
      'rename a user',
      `UPDATE "users" SET "firstName" = $2 WHERE "id" = $1 RETURNING *`,
      [id, email],
    );
    const note = await this.prepared<{ subjectId: string }>(
      this.training,
      'note something',
      `INSERT INTO "notes" ("subjectType", "subjectId", "body") VALUES ('user', $1, $2) RETURNING *`,
      [String(id), email],
    );
    expect(note.subjectId).toBe(String(id));
    await this.prepared(
      this.training,
      'plan a workout',
      `INSERT INTO "workout_sessions" ("title", "createdBy", "playerIds") VALUES ($1, $2, $3) RETURNING *`,
      [email, id, [id]],
    );
    await this.prepared(this.training, 'see workouts', `SELECT * FROM "workout_sessions" LIMIT 1`, []);
    await this.entityRound(email);
  }

  async close(): Promise<void> {
    await Promise.all([this.user.end(), this.training.end(), this.orm.destroy()]);
  }

  /** The entity of the first round is changed and saved in each, and found again. */
  private async entityRound(name: string): Promise<void> {
    const users: Repository<UserRow> = this.orm.getRepository<UserRow>('user');
    const entity = { email: `orm-${name}`, password: ANY_PASSWORD, role: 'player', firstName: name };
    this.held ??= await users.save(users.create(entity));
    const { id } = this.held;
    this.held.firstName = name;
    await users.save(this.held);
    expect(await users.findOneByOrFail({ id })).toMatchObject({ id, firstName: name });
    expect(this.held.id).toBe(id);
  }

  private async prepared<Row>(
    client: Client,
    name: string,
    text: string,
    values: readonly unknown[],
  ): Promise<Row> {
    const { rows } = await client.query({ name, text, values: [...values] });
    expect(rows).toHaveLength(1);
    return rows[0] as Row;
  }
}
