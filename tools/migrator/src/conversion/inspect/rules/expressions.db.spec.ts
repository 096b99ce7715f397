import { refusalTests, type Change, type Query } from '../refusal-testing';

const { refusalsAfter } = refusalTests();

const USES =
  'in a way that has no meaning for a UUID. Only whether it is null, and whether it is equal to another converted column of the same key, mean the same for a UUID.';
const DROP = 'Drop it first, and make one that suits UUIDs after the switch.';
it.each<[string, readonly string[], Change, readonly string[]]>([
  [
    'checks about the number',
    [
      `ALTER TABLE users ADD CONSTRAINT positive CHECK (id > 0)`,
      `ALTER TABLE posts ADD CONSTRAINT ordered CHECK (author_id < editor_id), ADD CONSTRAINT digits CHECK (subject_id ~ '^[0-9]+$'), ADD CONSTRAINT coached CHECK ((meta -> 'coach') IS NOT NULL)`,
    ],
    {},
    [
      `CONVERSION_CHECK check positive of users: (id > 0) uses id ${USES} Drop it first (ALTER TABLE ... DROP CONSTRAINT), and make one that suits UUIDs after the switch.`,
      `CONVERSION_CHECK check coached of posts: ((meta -> 'coach'::text) IS NOT NULL) uses meta ${USES} Drop it first (ALTER TABLE ... DROP CONSTRAINT), and make one that suits UUIDs after the switch.`,
      `CONVERSION_CHECK check digits of posts: ((subject_id)::text ~ '^[0-9]+$'::text) uses subject_id ${USES} Drop it first (ALTER TABLE ... DROP CONSTRAINT), and make one that suits UUIDs after the switch.`,
      `CONVERSION_CHECK check ordered of posts: (author_id < editor_id) uses author_id and editor_id ${USES} Drop it first (ALTER TABLE ... DROP CONSTRAINT), and make one that suits UUIDs after the switch.`,
    ],
  ],
  [
    'an exclusion about the number',
    [
      `ALTER TABLE posts ADD CONSTRAINT apart EXCLUDE USING btree (editor_id WITH =) WHERE (words > 0 AND author_id > 7)`,
    ],
    {},
    [
      `CONVERSION_EXCLUSION exclusion constraint apart of posts: EXCLUDE USING btree (editor_id WITH =) WHERE (((words > 0) AND (author_id > 7))) uses author_id ${USES} ${DROP}`,
    ],
  ],
  [
    'indexes about the number',
    [
      `CREATE INDEX odd ON posts ((author_id % 2))`,
      `CREATE INDEX few ON posts (words) WHERE author_id IN (1, 2)`,
      `CREATE INDEX coaches ON posts ((meta -> 'coach' ->> 'id'))`,
    ],
    {},
    [
      `CONVERSION_INDEX index coaches of posts: ((meta -> 'coach'::text) ->> 'id'::text) uses meta ${USES} ${DROP}`,
      `CONVERSION_INDEX index few of posts: (author_id = ANY (ARRAY[1, 2])) uses author_id ${USES} ${DROP}`,
      `CONVERSION_INDEX index odd of posts: (author_id % 2) uses author_id ${USES} ${DROP}`,
    ],
  ],
  [
    'an operator class of integers',
    [`CREATE INDEX ranges ON posts USING brin (author_id int4_minmax_multi_ops)`],
    {},
    [
      `CONVERSION_INDEX index ranges of posts: Postgres refuses it over UUIDs: operator class "pg_catalog.int4_minmax_multi_ops" does not accept data type uuid. ${DROP}`,
    ],
  ],
  [
    'statistics about the number',
    [`CREATE STATISTICS odd ON (author_id % 2), words FROM posts`],
    {},
    [
      `CONVERSION_STATISTICS statistics odd of posts: its expressions use author_id ${USES} Drop them, and make others after the switch.`,
    ],
  ],
  [
    'a row filter about the number',
    [`CREATE PUBLICATION early FOR TABLE posts WHERE (author_id < 100) WITH (publish = 'insert')`],
    {},
    [
      `CONVERSION_PUBLICATION publication early of posts: its row filter ((author_id < 100)) uses author_id ${USES} Change the row filter first: ALTER PUBLICATION ... SET TABLE.`,
    ],
  ],
])('%s', async (_title, statements, change, refusals) => {
  expect(await refusalsAfter(statements, change)).toEqual(refusals);
});

it('keys and foreign keys of periods, which Postgres 18 knows', async () => {
  const majorIs = async (query: Query) => {
    const [row] = await query<{ major: number }>(
      `SELECT current_setting('server_version_num')::int / 10000 AS major`,
    );
    knowsPeriods = row!.major >= 18;
  };
  let knowsPeriods = false;
  const whereKnown = (sql: string) => async (query: Query) => (knowsPeriods ? query(sql) : []);
  const refusals = await refusalsAfter(
    [
      majorIs,
      whereKnown(`CREATE EXTENSION btree_gist`),
      `CREATE TABLE extra (user_id int, during daterange)`,
      whereKnown(`ALTER TABLE extra ADD CONSTRAINT extra_once UNIQUE (user_id, during WITHOUT OVERLAPS)`),
    ],
    { more: [{ kind: 'column', table: 'extra', column: 'user_id', to: 'users' }] },
  );
  expect(refusals).toEqual(
    knowsPeriods
      ? [
          'CONVERSION_TEMPORAL constraint extra_once of extra: UNIQUE (user_id, during WITHOUT OVERLAPS) needs a counterpart over UUIDs, which Postgres cannot make while clients use the table. Drop it before the conversion, and make it again after the switch.',
        ]
      : [],
  );
});

it('an exclusion that Postgres has over UUIDs, too', async () => {
  expect(
    await refusalsAfter([
      `CREATE EXTENSION btree_gist`,
      `ALTER TABLE posts ADD COLUMN during daterange, ADD EXCLUDE USING gist (editor_id WITH =, during WITH &&)`,
    ]),
  ).toEqual([]);
});

it('an exclusion of a table that is too large to build another while clients wait', async () => {
  const large = [
    `CREATE EXTENSION btree_gist`,
    `ALTER TABLE users ADD COLUMN during daterange, ADD CONSTRAINT apart EXCLUDE USING gist (boss_id WITH =, during WITH &&)`,
    `INSERT INTO users (email) SELECT repeat('x', 100) FROM generate_series(1, 1200)`,
  ];
  const [refusal, ...others] = await refusalsAfter(large);
  expect(others).toEqual([]);
  expect(refusal?.replace(/\d+ pages, and/, 'many pages, and')).toBe(
    'CONVERSION_EXCLUSION_TOO_LARGE exclusion constraint apart of users: EXCLUDE USING gist (boss_id WITH =, during WITH &&) needs a counterpart over UUIDs. ' +
      'The table has many pages, and Postgres locks everybody out while it builds one, which is short enough up to 16 pages. Drop it before the ' +
      'conversion, and make it again after the switch in a moment without clients.',
  );
});
