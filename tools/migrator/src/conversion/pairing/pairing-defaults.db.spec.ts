/** Columns that are empty by default: what a client says, NULL and the default itself, and what it does not say. */
import type { Client } from 'pg';
import type { IdConversion } from '../declaration';
import { twinNames, type Shape } from '../twins';
import { pairedDatabase, type PairedDatabase } from './paired-database';

const POSTS: IdConversion = {
  name: 'users',
  service: 'user-service',
  owner: 'user-service',
  keys: [{ table: 'users', column: 'id' }],
  references: [
    { kind: 'array', table: 'posts', column: 'likers', to: 'users' },
    { kind: 'array', table: 'posts', column: 'readers', to: 'users' },
    { kind: 'json', table: 'posts', column: 'meta', path: 'coach.id', to: 'users' },
    { kind: 'json', table: 'posts', column: 'lines', path: '[*].player', to: 'users' },
  ],
};
const SCHEMA = `
  CREATE TABLE users (id serial PRIMARY KEY);
  CREATE TABLE posts (
    id serial PRIMARY KEY,
    likers bigint[] DEFAULT '{}',
    readers integer[] NOT NULL DEFAULT ARRAY[]::integer[],
    meta jsonb DEFAULT '{}',
    lines jsonb DEFAULT '[]'
  );
`;
const X = '0190f000-0000-7000-8000-00000000000a';
const Y = '0190f000-0000-7000-8000-00000000000b';
const NOBODY = '0190f000-0000-7000-8000-0000000000ff';

const WRITTEN = {
  numeric: { likers: '{10,11}', meta: '{"coach": {"id": 10}}', lines: '[{"player": 11}]' },
  uuid: {
    likers: `{${X},${Y}}`,
    meta: `{"coach": {"id": "${X}"}}`,
    lines: `[{"player": "${Y}"}]`,
  },
} as const;
type Column = keyof (typeof WRITTEN)['uuid'];
const EMPTY: Readonly<Record<Column, string>> = { likers: '{}', meta: '{}', lines: '[]' };
const COLUMNS = Object.keys(EMPTY) as Column[];

describe.each(['numeric', 'uuid'] as const)('in the shape %s', (shape) => {
  let database: PairedDatabase;
  let clients: Readonly<Record<Shape, Client>>;

  beforeAll(async () => {
    const before = `INSERT INTO users VALUES (10), (11); INSERT INTO posts (likers) VALUES ('{10}')`;
    database = await pairedDatabase(POSTS, { schema: SCHEMA, before, hasViews: true });
    if (shape === 'uuid') await database.switch();
    clients = {
      numeric: await database.session({ path: 'legacy,public' }),
      uuid: await database.session({ path: 'uuid_ids,public' }),
    };
  });
  beforeEach(async () => {
    await database.empty();
    await database.query(`INSERT INTO id_conversion.users_ids VALUES (10, '${X}'), (11, '${Y}')`);
  });
  afterAll(() => database.drop());

  /** What a client of each shape reads. */
  async function read(column: Column) {
    const seen = async (client: Client) =>
      (await client.query<{ value: string | null }>(`SELECT ${column}::text AS value FROM posts`)).rows.map(
        ({ value }) => value,
      );
    return { numeric: await seen(clients.numeric), uuid: await seen(clients.uuid) };
  }
  const bothRead = (...values: (string | null)[]) => ({ numeric: values, uuid: values });

  describe.each(['numeric', 'uuid'] as const)('a client of the shape %s', (own) => {
    const run = (sql: string) => clients[own].query(sql);

    it.each(COLUMNS)(
      'that does not name %s, or says DEFAULT or what that is, leaves it empty',
      async (column) => {
        await run(`INSERT INTO posts DEFAULT VALUES`);
        await run(`INSERT INTO posts (${column}) VALUES (DEFAULT), ('${EMPTY[column]}')`);
        const [empty] = [EMPTY[column]];
        expect(await read(column)).toEqual(bothRead(empty, empty, empty));
      },
    );

    it.each(COLUMNS)('that says NULL for %s gets NULL', async (column) => {
      await run(`INSERT INTO posts (${column}) VALUES (NULL)`);
      expect(await read(column)).toEqual(bothRead(null));
    });

    it.each(COLUMNS)('that writes %s has it written in the other half', async (column) => {
      await run(`INSERT INTO posts (${column}) VALUES ('${WRITTEN[own][column]}')`);
      expect(await read(column)).toEqual({
        numeric: [WRITTEN.numeric[column]],
        uuid: [WRITTEN.uuid[column]],
      });
    });

    it.each(COLUMNS)('changes %s to NULL, back to ids, and to the default', async (column) => {
      const write = (value: string) => run(`UPDATE posts SET ${column} = ${value}`);
      await run(`INSERT INTO posts (${column}) VALUES ('${WRITTEN[own][column]}')`);
      await write('NULL');
      expect(await read(column)).toEqual(bothRead(null));
      await write(`'${WRITTEN[own][column]}'`);
      expect((await read(column))[own]).toEqual([WRITTEN[own][column]]);
      await write(`'${EMPTY[column]}'`);
      expect(await read(column)).toEqual(bothRead(EMPTY[column]));
    });

    it('that says NULL where there must be a value is refused', async () => {
      await expect(run(`INSERT INTO posts (readers) VALUES (NULL)`)).rejects.toMatchObject({ code: '23514' });
    });

    it('that refers to somebody whose pair is not here yet waits for it, and not with the default', async () => {
      const value = own === 'numeric' ? '{404}' : `{${NOBODY}}`;
      await run(`INSERT INTO posts (likers) VALUES ('${value}')`);
      expect(await read('likers')).toEqual({ ...bothRead(null), [own]: [value] });
      await database.query(`INSERT INTO id_conversion.users_ids VALUES (404, '${NOBODY}')`);
      await database.query(`SELECT id_conversion.fill_waiting('users', NULL)`);
      expect(await read('likers')).toEqual({ numeric: ['{404}'], uuid: [`{${NOBODY}}`] });
    });
  });

  it.each(COLUMNS)('either half of %s may be set to DEFAULT, on the table', async (column) => {
    const names = twinNames({ column }, shape);
    await clients.uuid.query(`INSERT INTO posts (${column}) VALUES ('${WRITTEN.uuid[column]}')`);
    for (const half of [names.numeric, names.uuid]) {
      await database.query(`UPDATE posts SET ${half} = DEFAULT`);
      expect(await read(column)).toEqual(bothRead(EMPTY[column]));
      await clients.numeric.query(`UPDATE posts SET ${column} = '${WRITTEN.numeric[column]}'`);
    }
  });

  it('halves that somebody writes both must agree, in an INSERT too', async () => {
    const { numeric, uuid } = twinNames({ column: 'likers' }, shape);
    const insert = (uuids: string) =>
      database.query(`INSERT INTO posts (${numeric}, ${uuid}) VALUES ('{10}', '${uuids}')`);
    await insert(`{${X}}`);
    await expect(insert(`{${Y}}`)).rejects.toMatchObject({ code: '23514' });
  });
});

it('rows of before are not given the default in the half that is new', async () => {
  const before = `INSERT INTO users VALUES (10); INSERT INTO posts (likers) VALUES ('{10}'), (NULL)`;
  const database = await pairedDatabase(POSTS, { schema: SCHEMA, before });
  try {
    expect(await database.query(`SELECT likers_uuid AS u FROM posts`)).toEqual([{ u: null }, { u: null }]);
  } finally {
    await database.drop();
  }
});
