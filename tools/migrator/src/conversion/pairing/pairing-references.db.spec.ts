import { CLUB, CLUB_SCHEMA } from './club-specimen';
import { pairedDatabase, type PairedDatabase } from './paired-database';

const [X, Y, TEAM] = ['a', 'b', 'c'].map((digit) => `0190f000-0000-7000-8000-00000000000${digit}`) as [
  string,
  string,
  string,
];
const NOBODY = '0190f000-0000-7000-8000-0000000000ff';

describe.each(['numeric', 'uuid'] as const)('references in the shape %s', (shape) => {
  let database: PairedDatabase;
  const number = (column: string) => (shape === 'numeric' ? `"${column}"` : `"${column}_numeric"`);
  const uuid = (column: string) => (shape === 'numeric' ? `"${column}_uuid"` : `"${column}"`);
  const query = <Row = Record<string, unknown>>(sql: string) => database.query<Row>(sql);
  /** Both halves of a column, in the order of the table's key. */
  const halves = (table: string, column: string) =>
    query(
      `SELECT ${number(column)} AS number, ${uuid(column)} AS uuid FROM ${table} ORDER BY ${table === 'notes' ? uuid('authorId') : number('id')}`,
    );
  const inTransaction = async (...statements: string[]) => {
    await query('BEGIN');
    for (const statement of statements) await query(statement);
    await query('COMMIT');
  };

  beforeAll(async () => {
    database = await pairedDatabase(CLUB, { schema: CLUB_SCHEMA });
    if (shape === 'uuid') await database.switch();
  });
  beforeEach(async () => {
    await query(`INSERT INTO users (${number('id')}, ${uuid('id')}) VALUES (10, '${X}'), (11, '${Y}')`);
    await query(
      `INSERT INTO teams (${number('id')}, ${uuid('id')}) OVERRIDING SYSTEM VALUE VALUES (10, '${TEAM}')`,
    );
  });
  afterEach(() => database.empty());
  afterAll(() => database.drop());

  describe('a column with a foreign key', () => {
    it('gets the other half, whichever is written', async () => {
      await query(`INSERT INTO sessions (${number('userId')}) VALUES (10), (11)`);
      await query(`INSERT INTO sessions (${uuid('userId')}) VALUES ('${Y}')`);
      await query(`UPDATE sessions SET ${number('userId')} = 11 WHERE ${number('userId')} = 10`);
      await query(`UPDATE sessions SET ${uuid('userId')} = '${X}' WHERE id = 3`);
      const found = await query(
        `SELECT ${number('userId')} AS number, ${uuid('userId')} AS uuid FROM sessions ORDER BY id`,
      );
      expect(found).toEqual([
        { number: 11, uuid: Y },
        { number: 11, uuid: Y },
        { number: 10, uuid: X },
      ]);
      expect(await query(`SELECT * FROM id_conversion.waiting`)).toEqual([]);
    });

    it('takes two halves that agree, and refuses two that do not', async () => {
      await query(`INSERT INTO sessions (${number('userId')}, ${uuid('userId')}) VALUES (10, '${X}')`);
      await expect(
        query(`INSERT INTO sessions (${number('userId')}, ${uuid('userId')}) VALUES (10, '${Y}')`),
      ).rejects.toMatchObject({ code: '23514' });
      await expect(
        query(`UPDATE sessions SET ${number('userId')} = 11, ${uuid('userId')} = NULL`),
      ).rejects.toMatchObject({
        code: '23514',
        message: `${number('userId')} of sessions is 11, and ${uuid('userId')} is <NULL>: these do not refer to the same, or their pair is not known here yet`,
        hint: 'Write one of the two; the other is filled in.',
      });
    });

    it('is refused as it always was where there is no such row', async () => {
      // After the switch this database of a test has no foreign key; in truth the UUIDs have one then.
      if (shape === 'uuid') return;
      await expect(query(`INSERT INTO sessions ("userId") VALUES (404)`)).rejects.toMatchObject({
        code: '23503',
      });
      await expect(query(`INSERT INTO sessions ("userId_uuid") VALUES ('${NOBODY}')`)).rejects.toMatchObject({
        code: '23503',
      });
      expect(await query(`SELECT FROM id_conversion.users_ids WHERE number NOT IN (10, 11)`)).toEqual([]);
    });

    it('may come before its row, from old and from new clients', async () => {
      await inTransaction(
        `INSERT INTO teams (${number('captainId')}) VALUES (77)`,
        `INSERT INTO users (${number('id')}) VALUES (77)`,
      );
      await inTransaction(
        `INSERT INTO teams (${uuid('captainId')}) VALUES ('${NOBODY}')`,
        `INSERT INTO users (${uuid('id')}) VALUES ('${NOBODY}')`,
      );
      const found = await query(`
        SELECT t.${uuid('captainId')} = u.${uuid('id')} AS agrees FROM teams t JOIN users u ON u.${number('id')} = t.${number('captainId')}`);
      expect(found).toEqual([{ agrees: true }, { agrees: true }]);
    });

    it('follows what the foreign key does', async () => {
      await query(`INSERT INTO badges (${number('id')}, ${number('userId')}) VALUES (1, 10)`);
      await query(`UPDATE users SET ${number('id')} = 12 WHERE ${number('id')} = 10`);
      const [made] = await query(`SELECT uuid FROM id_conversion.users_ids WHERE number = 12`);
      expect(await halves('badges', 'userId')).toEqual([{ number: 12, ...made }]);
      await query(`INSERT INTO teams (${uuid('captainId')}) VALUES ('${Y}')`);
      await query(`DELETE FROM users WHERE ${number('id')} = 11`);
      expect((await halves('teams', 'captainId')).slice(-1)).toEqual([{ number: null, uuid: null }]);
      await query(`DELETE FROM users`);
      expect(await halves('badges', 'userId')).toEqual([]);
    });

    it('may refer to its own row, and to rows of the same statement', async () => {
      await query(`INSERT INTO users (${number('id')}, ${number('mentorId')}) VALUES (1, 1), (2, 3), (3, 2)`);
      const found = await query(`
        SELECT u.${uuid('mentorId')} = m.${uuid('id')} AS agrees FROM users u JOIN users m ON m.${number('id')} = u.${number('mentorId')}`);
      expect(found).toEqual([{ agrees: true }, { agrees: true }, { agrees: true }]);
    });

    it('of a row that is older than the triggers waits for the backfill, and holds nobody up', async () => {
      await query(`DELETE FROM id_conversion.users_ids WHERE number = 10`);
      await query(`INSERT INTO sessions (${number('userId')}) VALUES (10)`);
      const both = () =>
        query(`SELECT ${number('userId')} AS number, ${uuid('userId')} AS uuid FROM sessions`);
      expect(await both()).toEqual([{ number: 10, uuid: null }]);
      await query(`INSERT INTO id_conversion.users_ids VALUES (10, '${X}')`);
      expect(await query(`SELECT id_conversion.fill_waiting('users', NULL)::int AS filled`)).toEqual([
        { filled: 1 },
      ]);
      expect(await both()).toEqual([{ number: 10, uuid: X }]);
    });
  });

  describe('an array', () => {
    const write = (column: string, value: string) =>
      query(`INSERT INTO notes (${number('authorId')}, ${column}) VALUES (10, ${value})`);

    it.each([
      ['{10,11,10,NULL}', `{${X},${Y},${X},NULL}`],
      ['{}', '{}'],
    ])('%s gets the other half, and so does its other half', async (numbers, uuids) => {
      await write(number('readBy'), `'${numbers}'`);
      await write(uuid('readBy'), `'${uuids}'`);
      const found = await query(
        `SELECT ${number('readBy')}::text AS number, ${uuid('readBy')}::text AS uuid FROM notes`,
      );
      expect(found).toEqual([
        { number: numbers, uuid: uuids },
        { number: numbers, uuid: uuids },
      ]);
    });

    it('of more dimensions is refused', async () => {
      await expect(write(number('readBy'), `'{{10,11},{11,10}}'`)).rejects.toMatchObject({ code: '2202E' });
    });
  });

  it('a document gets the other half on each of its paths', async () => {
    const numbers = {
      team: 10,
      scorer: { id: 11, at: 7 },
      lines: [{ players: [{ id: 10 }, { id: null }] }, {}],
    };
    const uuids = {
      team: TEAM,
      scorer: { id: Y, at: 7 },
      lines: [{ players: [{ id: X }, { id: null }] }, {}],
    };
    await query(
      `INSERT INTO notes (${number('authorId')}, ${number('detail')}) VALUES (10, '${JSON.stringify(numbers)}')`,
    );
    expect(await halves('notes', 'detail')).toEqual([{ number: numbers, uuid: uuids }]);
    await query(`UPDATE notes SET ${uuid('detail')} = jsonb_set(${uuid('detail')}, '{scorer,id}', '"${X}"')`);
    expect(await halves('notes', 'detail')).toEqual([
      { number: { ...numbers, scorer: { id: 10, at: 7 } }, uuid: { ...uuids, scorer: { id: X, at: 7 } } },
    ]);
  });

  describe('a subject of several types', () => {
    it('gets the other half of its type, and the text of every other type', async () => {
      await query(
        `INSERT INTO notes (${number('authorId')}, "subjectType", ${number('subjectId')}) VALUES (10, 'user', '10')`,
      );
      expect(await halves('notes', 'subjectId')).toEqual([{ number: '10', uuid: X }]);
      await query(`UPDATE notes SET "subjectType" = 'team'`);
      expect(await halves('notes', 'subjectId')).toEqual([{ number: '10', uuid: TEAM }]);
      await query(`UPDATE notes SET "subjectType" = 'user', ${uuid('subjectId')} = '${Y}'`);
      expect(await halves('notes', 'subjectId')).toEqual([{ number: '11', uuid: Y }]);
      await query(`UPDATE notes SET "subjectType" = 'session', ${number('subjectId')} = '5'`);
      expect(await halves('notes', 'subjectId')).toEqual([{ number: '5', uuid: '5' }]);
      await query(`UPDATE notes SET "subjectType" = NULL, ${uuid('subjectId')} = NULL`);
      expect(await halves('notes', 'subjectId')).toEqual([{ number: null, uuid: null }]);
    });
  });

  describe('a reference without a foreign key whose pair is not known', () => {
    it('waits, from old and from new clients, until its row is inserted', async () => {
      await query(`INSERT INTO notes (${number('authorId')}, ${number('readBy')}) VALUES (77, '{77,10}')`);
      expect(await query(`SELECT ${uuid('authorId')} AS a, ${uuid('readBy')} AS r FROM notes`)).toEqual([
        { a: null, r: null },
      ]);
      await query(`INSERT INTO users (${number('id')}) VALUES (77)`);
      await query(
        `INSERT INTO notes (${uuid('authorId')}, ${uuid('readBy')}) VALUES ('${NOBODY}', '{${NOBODY}}')`,
      );
      await query(`INSERT INTO users (${uuid('id')}) VALUES ('${NOBODY}')`);
      const found = await query(`
        SELECT n.${uuid('authorId')} = u.${uuid('id')} AS author, u.${uuid('id')} = ANY (n.${uuid('readBy')}) AND u.${number('id')} = ANY (n.${number('readBy')}) AS readers
          FROM notes n JOIN users u ON u.${number('id')} = n.${number('authorId')}`);
      expect(found).toEqual([
        { author: true, readers: true },
        { author: true, readers: true },
      ]);
      expect(await query(`SELECT * FROM id_conversion.waiting`)).toEqual([]);
    });

    it('waits for what was written last, and for nothing that was written before', async () => {
      await query(`INSERT INTO notes (${number('authorId')}, ${number('readBy')}) VALUES (77, '{77,10}')`);
      await query(`UPDATE notes SET ${number('authorId')} = 78, ${number('readBy')} = '{10,78}'`);
      await query(`INSERT INTO users (${number('id')}) VALUES (78)`);
      const found = await query(`
        SELECT n.${uuid('authorId')} = u.${uuid('id')} AS author, u.${uuid('id')} = ANY (n.${uuid('readBy')}) AS reader
          FROM notes n JOIN users u ON u.${number('id')} = n.${number('authorId')}`);
      expect(found).toEqual([{ author: true, reader: true }]);
      expect(await query(`SELECT * FROM id_conversion.waiting`)).toEqual([]);
    });

    it('must still have one half', async () => {
      await expect(query(`INSERT INTO notes ("subjectType") VALUES ('user')`)).rejects.toMatchObject({
        code: '23514',
        constraint: 'notes_authorId_has_a_half',
      });
    });

    it('is refused where somebody writes both halves: nobody knows whether they agree', async () => {
      await expect(
        query(`INSERT INTO notes (${number('authorId')}, ${uuid('authorId')}) VALUES (404, '${NOBODY}')`),
      ).rejects.toMatchObject({ code: '23514' });
    });
  });
});
