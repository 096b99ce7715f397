/**
 * What an old client does when it changes the number of a row, as it means without a conversion: the key is another one, foreign keys that
 * cascade follow it, and everything else says what it said before. Both halves, every kind of reference, other services' copies too.
 */
import { packNumbers } from '@hockey-hub/shared-lib/src/id-map/pack-pairs';
import { storePairs } from '@hockey-hub/shared-lib/src/id-map/store-pairs';
import { twinNames, twinsOf } from '../twins';
import { CLUB, CLUB_SCHEMA } from './club-specimen';
import { fillExpression } from './fill-expression';
import { pairedDatabase, type PairedDatabase } from './paired-database';

describe.each(['numeric', 'uuid'] as const)('a key that gets another number, in the shape %s', (shape) => {
  let database: PairedDatabase;
  const number = (column: string) => `"${twinNames({ column }, shape).numeric}"`;
  const uuid = (column: string) => `"${twinNames({ column }, shape).uuid}"`;
  const [n, u] = [number('id'), uuid('id')];
  const query = <Row = Record<string, unknown>>(sql: string) => database.query<Row>(sql);
  const renumber = (from: number, to: number | string) =>
    query(`UPDATE users SET ${n} = ${to} WHERE ${n} = ${from}`);
  const uuidOf = async (id: number) =>
    (await query<{ uuid: string }>(`SELECT uuid FROM id_conversion.users_ids WHERE number = ${id}`))[0]?.uuid;
  /** Numbers beside which the UUID is not the one that the map has for them. */
  const disagreements = async () => {
    const found: unknown[] = [];
    for (const twin of twinsOf(CLUB)) {
      const names = twinNames(twin, shape);
      const shall = fillExpression(twin, { source: 'numeric', shape, row: 't' });
      const rows = await query(
        `SELECT '${twin.table}.${twin.column}' AS place, "${names.numeric}" AS number, "${names.uuid}" AS uuid FROM "${twin.table}" t
          WHERE "${names.numeric}" IS NOT NULL AND "${names.uuid}" IS DISTINCT FROM ${shall}`,
      );
      found.push(...rows);
    }
    return found;
  };
  /** A note that refers to this user in each way that has no foreign key. */
  const noteAbout = (id: number) =>
    query(`INSERT INTO notes (${number('authorId')}, "subjectType", ${number('subjectId')}, ${number('readBy')}, ${number('detail')})
           VALUES (${id}, 'user', '${id}', '{${id}}', '{"scorer": {"id": ${id}}}')`);

  beforeAll(async () => {
    database = await pairedDatabase(CLUB, { schema: CLUB_SCHEMA });
    if (shape === 'uuid') await database.switch();
  });
  beforeEach(() => query(`INSERT INTO users (${n}, email) VALUES (7, 'seven'), (8, 'eight')`));
  afterEach(() => database.empty());
  afterAll(() => database.drop());

  it('has the UUID of that number, and foreign keys that cascade follow it with both halves', async () => {
    const seven = await uuidOf(7);
    await query(`INSERT INTO sessions (${number('userId')}) VALUES (7)`);
    await query(`INSERT INTO badges (${n}, ${uuid('userId')}) VALUES (1, '${seven}')`);
    await renumber(7, 42);
    const fortyTwo = await uuidOf(42);
    expect(fortyTwo).not.toBe(seven);
    expect(await query(`SELECT ${n} AS number, ${u} AS uuid FROM users WHERE email = 'seven'`)).toEqual([
      { number: 42, uuid: fortyTwo },
    ]);
    for (const table of ['sessions', 'badges']) {
      const followed = await query(
        `SELECT ${number('userId')} AS number, ${uuid('userId')} AS uuid FROM ${table}`,
      );
      expect(followed).toEqual([{ number: 42, uuid: fortyTwo }]);
    }
    // The old pair stays, as that of a row that was deleted; the new one is told of.
    expect(await uuidOf(7)).toBe(seven);
    expect(
      await query(`SELECT number::int FROM id_conversion.unpublished_pairs WHERE map = 'users' ORDER BY 1`),
    ).toEqual([{ number: 7 }, { number: 8 }, { number: 42 }]);
  });

  it('leaves references without a foreign key where they were, and whoever gets that number next has them', async () => {
    await noteAbout(7);
    const before = await query(`SELECT * FROM notes`);
    await renumber(7, 42);
    expect(await query(`SELECT * FROM notes`)).toEqual(before);
    expect(await disagreements()).toEqual([]);
    expect(await query(`SELECT * FROM id_conversion.waiting`)).toEqual([]);
    await renumber(8, 7);
    expect(await query(`SELECT email FROM users t JOIN notes n ON n.${uuid('authorId')} = t.${u}`)).toEqual([
      { email: 'eight' },
    ]);
    expect(await disagreements()).toEqual([]);
  });

  it('and its old number again has its old UUID again', async () => {
    const seven = await uuidOf(7);
    await noteAbout(7);
    await renumber(7, 42);
    await renumber(42, 7);
    expect(await query(`SELECT ${u} AS uuid FROM users WHERE ${n} = 7`)).toEqual([{ uuid: seven }]);
    expect(await disagreements()).toEqual([]);
  });

  it('fills what waited for that number', async () => {
    await noteAbout(42);
    await renumber(7, 42);
    expect(await query(`SELECT ${uuid('authorId')} AS uuid FROM notes`)).toEqual([
      { uuid: await uuidOf(42) },
    ]);
    expect(await query(`SELECT * FROM id_conversion.waiting`)).toEqual([]);
    expect(await disagreements()).toEqual([]);
  });

  it('may be referred to by that number before, where the foreign key is looked at in the end', async () => {
    await query(`INSERT INTO teams (${number('captainId')}) VALUES (7)`);
    // One message is one transaction.
    await query(`UPDATE teams SET ${number('captainId')} = 42; UPDATE users SET ${n} = 42 WHERE ${n} = 7`);
    expect(await query(`SELECT ${uuid('captainId')} AS uuid FROM teams`)).toEqual([
      { uuid: await uuidOf(42) },
    ]);
    expect(await disagreements()).toEqual([]);
  });

  it('pairs all rows that one statement gives other numbers', async () => {
    await query(`UPDATE users SET ${n} = ${n} + 1000`);
    expect(await query(`SELECT ${n} AS number, ${u} AS uuid FROM users ORDER BY 1`)).toEqual([
      { number: 1007, uuid: await uuidOf(1007) },
      { number: 1008, uuid: await uuidOf(1008) },
    ]);
  });

  it.each([
    ['a row has that number already', `8`, '23505'],
    ['there is none', `NULL`, '23502'],
    ['the type has no such number', `3000000000`, '22003'],
  ])('is refused where it always was: %s', async (_what, to, code) => {
    if (shape === 'uuid') await query(`CREATE UNIQUE INDEX IF NOT EXISTS users_numbers ON users (${n})`);
    await expect(renumber(7, to)).rejects.toMatchObject({ code });
    expect(await disagreements()).toEqual([]);
  });

  it('is refused where a foreign key does not cascade', async () => {
    await query(`UPDATE users SET ${number('mentorId')} = 7 WHERE ${n} = 8`);
    await expect(renumber(7, 42)).rejects.toMatchObject({ code: '23503' });
  });

  it('and its UUID along must be written as they belong together', async () => {
    await expect(
      query(`UPDATE users SET ${n} = 42, ${u} = '${await uuidOf(8)}' WHERE ${n} = 7`),
    ).rejects.toMatchObject({
      code: '23514',
      message: `the number 42 and the UUID ${await uuidOf(8)} are not the same row of users: 42 has the UUID (none yet), and ${await uuidOf(8)} has the number 8`,
    });
    await renumber(7, 42);
    await renumber(42, 43);
    await query(`UPDATE users SET ${n} = 42, ${u} = '${await uuidOf(42)}' WHERE ${n} = 43`);
    expect(await disagreements()).toEqual([]);
  });

  it('that it has already, as mappers write it, changes nothing', async () => {
    const before = await query(`SELECT * FROM users ORDER BY ${n}`);
    await renumber(7, 7);
    await query(
      `INSERT INTO users (${n}, email) VALUES (7, 'seven') ON CONFLICT (email) DO UPDATE SET ${n} = excluded.${n}`,
    );
    expect(await query(`SELECT * FROM users ORDER BY ${n}`)).toEqual(before);
    await query(
      `INSERT INTO users (${n}, email) VALUES (42, 'seven') ON CONFLICT (email) DO UPDATE SET ${n} = excluded.${n}`,
    );
    expect(await query(`SELECT ${u} AS uuid FROM users WHERE ${n} = 42`)).toEqual([
      { uuid: await uuidOf(42) },
    ]);
    expect(await disagreements()).toEqual([]);
  });

  it('is nothing that contradicts the copy of another service', async () => {
    await query(`DROP TABLE IF EXISTS users_copy`);
    await query(`CREATE TABLE users_copy AS SELECT * FROM id_conversion.users_ids`);
    await query(`ALTER TABLE users_copy ADD PRIMARY KEY (number), ADD UNIQUE (uuid)`);
    await query(`DELETE FROM id_conversion.unpublished_pairs`);
    await renumber(7, 42);
    await renumber(8, 7);
    const [told] = await query<{ numbers: string }>(
      `SELECT array_agg(DISTINCT number)::text AS numbers FROM id_conversion.unpublished_pairs`,
    );
    const map = { name: 'users', owner: 'user-service' };
    const { packed } = await packNumbers(
      database.query,
      { ...map, table: 'id_conversion.users_ids' },
      told!.numbers,
    );
    expect(await storePairs(database.query, { ...map, table: 'users_copy' }, packed!)).toEqual({
      inserted: 1,
    });
    expect(await query(`TABLE users_copy EXCEPT TABLE id_conversion.users_ids`)).toEqual([]);
  });
});
