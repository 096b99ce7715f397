import { ensureState } from '../../state/ensure-state';
import { refusalTests, type Change, type Query } from '../refusal-testing';

const { refusalsAfter, session } = refusalTests();

it.each<[string, readonly string[], Change, readonly string[]]>([
  [
    'names that are taken',
    [
      `ALTER TABLE users ADD COLUMN id_uuid uuid, ADD COLUMN boss_id_numeric int`,
      `CREATE TABLE users_pkey_uuid ()`,
      `ALTER TABLE users ADD CONSTRAINT "users_boss_id_fkey_numeric" CHECK (email <> '')`,
    ],
    {},
    [
      `CONVERSION_NAME_TAKEN users: the conversion needs the name id_uuid for the column id_uuid, beside id, and something else has it. Rename or drop that first.`,
      `CONVERSION_NAME_TAKEN users: the conversion needs the name boss_id_numeric for the column boss_id_numeric, beside boss_id, and something else has it. Rename or drop that first.`,
      `CONVERSION_NAME_TAKEN users: the conversion needs the name users_pkey_uuid for the counterpart of the index users_pkey, and something else has it. Rename or drop that first.`,
      `CONVERSION_NAME_TAKEN users: the conversion needs the name users_boss_id_fkey_numeric for the counterpart of the constraint users_boss_id_fkey, and something else has it. Rename or drop that first.`,
    ],
  ],
  [
    'schemas that are taken',
    [
      `CREATE SCHEMA legacy`,
      `CREATE TABLE legacy.a ()`,
      `CREATE SCHEMA uuid_ids`,
      ...['a', 'b', 'c', 'd'].map((name) => `CREATE VIEW uuid_ids.${name} AS SELECT 1 AS one`),
    ],
    {},
    [
      `CONVERSION_SCHEMA_TAKEN schema legacy: the conversion makes its views in the schema legacy, and somebody else's a are in it. Move them to another schema, or rename it.`,
      `CONVERSION_SCHEMA_TAKEN schema uuid_ids: the conversion makes its views in the schema uuid_ids, and somebody else's a, b, c, ... are in it. Move them to another schema, or rename it.`,
    ],
  ],
])('%s', async (_title, statements, change, refusals) => {
  expect(await refusalsAfter(statements, change)).toEqual(refusals);
});

describe('a database in which a conversion began', () => {
  const begin = (name: string, table: string) => async (query: Query) => {
    await ensureState(query);
    const declaration = { name, service: 's', owner: 's', keys: [{ table, column: 'id' }], references: [] };
    await query(`INSERT INTO id_conversion.conversions (name, service, declaration) VALUES ($1, 's', $2)`, [
      name,
      JSON.stringify(declaration),
    ]);
  };
  const MADE = [
    `ALTER TABLE users ADD COLUMN id_uuid uuid`,
    `CREATE SCHEMA legacy`,
    `CREATE VIEW legacy.users AS SELECT email FROM users`,
    `CREATE FUNCTION id_conversion.pair() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$`,
    `CREATE TRIGGER pair BEFORE UPDATE OF id, id_uuid ON users FOR EACH ROW WHEN (OLD.id <> NEW.id) EXECUTE FUNCTION id_conversion.pair()`,
  ];

  it('what it made is its own', async () => {
    expect(await refusalsAfter([begin('users-to-uuid', 'users'), ...MADE])).toEqual([]);
  });

  it('another one that is not done with a table', async () => {
    expect(await refusalsAfter([begin('people', 'users'), ...MADE])).toEqual([
      'CONVERSION_IN_ANOTHER users: the conversion people is not done with this table. Let it come to its contract, or revert it, before this one begins.',
      'CONVERSION_NAME_TAKEN users: the conversion needs the name id_uuid for the column id_uuid, beside id, and something else has it. Rename or drop that first.',
    ]);
  });

  it('another one that has nothing to do with it', async () => {
    expect(
      await refusalsAfter([
        begin('clubs', 'clubs'),
        `CREATE SCHEMA legacy`,
        `CREATE VIEW legacy.clubs AS SELECT 1 AS id`,
      ]),
    ).toEqual([]);
  });
});

describe('the rights of the role', () => {
  const OTHER = `SET LOCAL ROLE pg_monitor`;
  const onDatabase = (grant: (database: string) => string) => (query: Query) =>
    query(grant(`"${session().database}"`));
  /** As a role that owns everything, and has every right that it needs. */
  const AS_OWNER = [
    `ALTER TABLE users OWNER TO pg_monitor`,
    `ALTER TABLE posts OWNER TO pg_monitor`,
    `GRANT CREATE ON SCHEMA public TO pg_monitor`,
    onDatabase((name) => `GRANT CREATE ON DATABASE ${name} TO pg_monitor`),
  ];

  it('are enough', async () => {
    expect(await refusalsAfter([...AS_OWNER, OTHER])).toEqual([]);
  });

  it('somebody else owns the tables and views', async () => {
    const owner = session().user;
    const notOwner = (subject: string) =>
      `CONVERSION_NOT_OWNER ${subject}: it belongs to ${owner}, and only its owner may change it, not pg_monitor. Run the migrator as ${owner}, or grant ${owner} to pg_monitor.`;
    expect(await refusalsAfter([`CREATE VIEW emails AS SELECT email FROM users`, OTHER])).toEqual([
      notOwner('table users'),
      notOwner('table posts'),
      notOwner('view emails'),
      'CONVERSION_NO_PRIVILEGE the database: pg_monitor may not make the schemas id_conversion, legacy, uuid_ids. GRANT CREATE ON DATABASE to it, or make them and give them to it.',
      'CONVERSION_NO_PRIVILEGE schema public: pg_monitor may not make indexes and views in it. GRANT CREATE ON SCHEMA to it.',
    ]);
  });

  it('a publication of converted columns', async () => {
    const publish = `CREATE PUBLICATION a_few FOR TABLE posts (id, author_id)`;
    expect(await refusalsAfter([publish, ...AS_OWNER, OTHER])).toEqual([
      'CONVERSION_NOT_OWNER publication a_few: it publishes converted columns of posts by name, and pg_monitor may not change it. Run the migrator as its owner, or let the publication have all columns.',
    ]);
  });

  it('row-level security that hides rows', async () => {
    const force = `ALTER TABLE posts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`;
    expect(await refusalsAfter([force, ...AS_OWNER, OTHER])).toEqual([
      'CONVERSION_ROW_SECURITY posts: its row-level security is forced on its owner too, so pg_monitor would not see, and not convert, every row. Give the role BYPASSRLS, or lift it for the time of the conversion: ALTER TABLE ... NO FORCE ROW LEVEL SECURITY.',
    ]);
  });

  it('temporary tables, in which expressions are tried', async () => {
    const revoke = onDatabase((name) => `REVOKE TEMPORARY ON DATABASE ${name} FROM PUBLIC`);
    expect(await refusalsAfter([revoke, ...AS_OWNER, OTHER])).toEqual([
      `CONVERSION_NO_PRIVILEGE the database: pg_monitor may not make temporary tables, in which expressions are tried on UUIDs (permission denied to create temporary tables in database "${session().database}"). GRANT TEMPORARY ON DATABASE to it.`,
    ]);
  });
});
