import { REFERENCES, refusalTests, type Change } from './refusal-testing';

const { inspectAfter, refusalsAfter } = refusalTests();

it('the base is fine, also with what can be carried over', async () => {
  expect(
    await refusalsAfter([
      `ALTER TABLE posts ADD CHECK (num_nonnulls(author_id, editor_id) > 0 AND editor_id <> author_id)`,
      `ALTER TABLE posts ADD CHECK ((editor_id IS NULL) <> (likers IS NULL)), ADD CHECK (subject_id <> '')`,
      `ALTER TABLE posts ADD CHECK (editor_id IS DISTINCT FROM author_id), ADD CHECK (cardinality(likers) < 9)`,
      `ALTER TABLE posts ADD CHECK (jsonb_typeof(meta) = 'object'), ADD CHECK (meta ->> 'kind' <> '')`,
      `CREATE INDEX ON posts ((meta ->> 'kind')) WHERE author_id <> editor_id`,
      `CREATE INDEX ON posts USING hash (editor_id)`,
      `CREATE INDEX ON posts USING brin (author_id)`,
      `CREATE VIEW pairs AS SELECT a.id, b.id AS other, a.id::text AS shown FROM users a JOIN users b ON a.id < b.id ORDER BY a.id`,
      `CREATE VIEW sizes AS SELECT u.id, u.email, count(p.id) FROM users u LEFT JOIN posts p ON p.author_id = u.id GROUP BY u.id`,
      `CREATE POLICY mine ON posts USING (author_id::text = current_setting('app.user', true))`,
      `CREATE SCHEMA legacy`,
    ]),
  ).toEqual([]);
});

it('a service that only refers has no keys of its own to look at', async () => {
  const change: Change = { owner: 'club-service', keys: [{ table: 'members', column: 'id' }] };
  const to = { to: 'members' } as const;
  const { author, editor, likers, meta, subject } = REFERENCES;
  expect(
    await refusalsAfter([`ALTER TABLE posts DROP CONSTRAINT posts_author_id_fkey`], {
      ...change,
      references: {
        boss: null,
        author: { ...author, ...to },
        editor: { ...editor, ...to },
        likers: { ...likers, ...to },
        meta: { ...meta, ...to },
        subject: { ...subject, ...to },
      },
    }),
  ).toEqual([]);
});

it('what nobody but a person can judge is a caution', async () => {
  const { refusals, cautions } = await inspectAfter([
    `CREATE FUNCTION is_author("user" int) RETURNS boolean LANGUAGE sql AS $$ SELECT EXISTS (SELECT FROM posts WHERE author_id = "user") $$`,
    `CREATE FUNCTION count_users() RETURNS bigint LANGUAGE sql AS $$ SELECT count(*) FROM users $$`,
    `CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE LOG 'by %', NEW.editor_id; RETURN NEW; END $$`,
    `CREATE TRIGGER noted AFTER INSERT ON posts FOR EACH ROW EXECUTE FUNCTION note()`,
    `CREATE VIEW subjects AS SELECT subject_id FROM posts`,
    `ALTER TABLE users ALTER COLUMN id DROP DEFAULT`,
  ]);
  expect(refusals).toEqual([]);
  expect(cautions.map(({ code, message }) => `${code} ${message}`)).toEqual([
    "CONVERSION_FUNCTION_MENTIONS function is_author(integer): its text names posts.author_id, which Postgres cannot follow. From the switch on these are UUIDs, unless the session's search_path begins with legacy: see that it works with both.",
    "CONVERSION_FUNCTION_MENTIONS function note(): its text names posts.editor_id, which Postgres cannot follow. From the switch on these are UUIDs, unless the session's search_path begins with legacy: see that it works with both.",
    'CONVERSION_VIEW_OF_DOCUMENTS view subjects: it reads posts.subject_id, in which UUIDs stand where numbers stood, as texts. See that it means the same.',
    'CONVERSION_KEY_WITHOUT_SEQUENCE users.id: it takes its numbers from no sequence. A row that a new client inserts by its UUID alone gets a negative number, for old clients and for the way back.',
  ]);
});
