/** What is remembered of a row by its primary key stays with it when a client gives it another one. */
import type { IdConversion } from '../declaration';
import { pairedDatabase, type PairedDatabase } from './paired-database';

const SCHEMA = `
  CREATE TABLE users (id serial PRIMARY KEY, "bestFriend" integer);
  CREATE TABLE members ("userId" integer REFERENCES users ON UPDATE CASCADE, season text, "invitedBy" integer, PRIMARY KEY ("userId", season));`;

const CLUB: IdConversion = {
  name: 'club',
  service: 'user-service',
  owner: 'user-service',
  keys: [{ table: 'users', column: 'id' }],
  references: [
    { kind: 'column', table: 'users', column: 'bestFriend', to: 'users' },
    { kind: 'column', table: 'members', column: 'invitedBy', to: 'users' },
    { kind: 'column', table: 'members', column: 'userId', to: 'users' },
  ],
};

describe.each(['numeric', 'uuid'] as const)('a row whose key changes, in the shape %s', (shape) => {
  let database: PairedDatabase;
  const number = (column: string) => (shape === 'numeric' ? `"${column}"` : `"${column}_numeric"`);
  const uuid = (column: string) => (shape === 'numeric' ? `"${column}_uuid"` : `"${column}"`);
  const query = <Row = Record<string, unknown>>(sql: string) => database.query<Row>(sql);
  const halves = (table: string, column: string) =>
    query(
      `SELECT t.${number(column)} AS number, t.${uuid(column)} = m.uuid AS agrees FROM ${table} t LEFT JOIN id_conversion.users_ids m ON m.number = t.${number(column)} ORDER BY 1`,
    );

  beforeEach(async () => {
    database = await pairedDatabase(CLUB, { schema: SCHEMA });
    await query(`INSERT INTO users (id, "bestFriend") VALUES (7, 900)`);
    await query(`INSERT INTO members ("userId", season, "invitedBy") VALUES (7, '2025', 901)`);
    // As decided about references to nothing, by dangling.ts.
    await query(`INSERT INTO id_conversion.dangling ("conversion", "table_name", "column_name", "reference", "row_key", "decision") VALUES
      ('club', 'users', 'bestFriend', '{}', '{"id": 7}', 'quarantine'),
      ('club', 'members', 'invitedBy', '{}', '{"userId": 7, "season": "2025"}', 'quarantine'),
      ('club', 'members', 'invitedBy', '{}', '{"userId": 8, "season": "2025"}', 'quarantine'),
      ('another', 'users', 'bestFriend', '{}', '{"id": 7}', 'quarantine')`);
    if (shape === 'uuid') await database.switch();
  });
  afterEach(() => database.drop());

  it('still gets the other half of what it waited for', async () => {
    await query(`UPDATE users SET ${number('id')} = 42`);
    await query(`UPDATE members SET season = '2026'`);
    expect(await query(`SELECT count(*)::int AS waiting FROM id_conversion.waiting`)).toEqual([
      { waiting: 2 },
    ]);
    await query(`INSERT INTO users (${number('id')}) VALUES (900), (901)`);
    await query(`DELETE FROM users WHERE ${number('id')} IN (900, 901)`);
    expect(await halves('users', 'bestFriend')).toEqual([{ number: 900, agrees: true }]);
    expect(await halves('members', 'invitedBy')).toEqual([{ number: 901, agrees: true }]);
    expect(await query(`TABLE id_conversion.waiting`)).toEqual([]);
  });

  it('that is written by its other half is known by the one that the key has', async () => {
    await query(
      `INSERT INTO members (${number('userId')}, season, ${number('invitedBy')}) VALUES (7, '2026', 902)`,
    );
    const [seven] = await query<{ uuid: string }>(
      `SELECT uuid FROM id_conversion.users_ids WHERE number = 7`,
    );
    await query(
      `INSERT INTO members (${uuid('userId')}, season, ${number('invitedBy')}) VALUES ('${seven!.uuid}', '2027', 902)`,
    );
    await query(`INSERT INTO users (${number('id')}) VALUES (901), (902)`);
    expect(await halves('members', 'invitedBy')).toEqual(
      [901, 902, 902].map((number) => ({ number, agrees: true })),
    );
  });

  it('still gets back what was taken out of it', async () => {
    await query(`UPDATE users SET ${number('id')} = 42`);
    await query(`UPDATE members SET season = '2026'`);
    const keys = await query(
      `SELECT conversion, table_name AS table, row_key AS key FROM id_conversion.dangling ORDER BY id`,
    );
    expect(keys).toEqual([
      { conversion: 'club', table: 'users', key: { id: 42 } },
      { conversion: 'club', table: 'members', key: { userId: 42, season: '2026' } },
      { conversion: 'club', table: 'members', key: { userId: 8, season: '2025' } },
      { conversion: 'another', table: 'users', key: { id: 7 } },
    ]);
  });
});
