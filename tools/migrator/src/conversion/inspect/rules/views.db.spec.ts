import { refusalTests, type Change } from '../refusal-testing';

const { refusalsAfter } = refusalTests();

it.each<[string, readonly string[], Change, readonly string[]]>([
  [
    'views about the number, and those that read them',
    [
      `CREATE VIEW next AS SELECT id + 1 AS id FROM users`,
      `CREATE VIEW after_next AS SELECT id + 1 AS id FROM next`,
      `CREATE MATERIALIZED VIEW first AS SELECT * FROM users WHERE id < 10`,
    ],
    {},
    [
      `CONVERSION_VIEW view next: Postgres refuses it over UUIDs: operator does not exist: uuid + integer. Change it so that it only compares ids with each other, or drop it and make one that suits UUIDs after the switch.`,
      `CONVERSION_VIEW view first: Postgres refuses it over UUIDs: operator does not exist: uuid < integer. Change it so that it only compares ids with each other, or drop it and make one that suits UUIDs after the switch.`,
    ],
  ],
  [
    'views that make numbers of texts and documents',
    [
      `CREATE VIEW coaches AS SELECT (meta -> 'coach' ->> 'id')::int AS coach FROM posts`,
      `CREATE VIEW subjects AS SELECT subject_id::bigint AS subject FROM posts WHERE subject_type = 'user'`,
    ],
    {},
    [
      `CONVERSION_VIEW view coaches: it casts what it finds in meta to a number, which fails for a UUID, and only when it runs. Change it first, so that it compares texts.`,
      `CONVERSION_VIEW view subjects: it casts what it finds in subject_id to a number, which fails for a UUID, and only when it runs. Change it first, so that it compares texts.`,
    ],
  ],
  [
    'views that need something of a table',
    [
      `CREATE VIEW a_tenth AS SELECT id FROM users TABLESAMPLE system (10)`,
      `CREATE VIEW some_of_them AS SELECT id FROM a_tenth`,
    ],
    {},
    [
      `CONVERSION_VIEW_OF_TABLES_ALONE view a_tenth: clients of either shape have it over views of the tables, and Postgres refuses that: TABLESAMPLE clause can only be applied to tables and materialized views. Change it so that it needs nothing that only tables have (system columns, TABLESAMPLE, a primary key that its GROUP BY stands for), or drop it.`,
    ],
  ],
  [
    'a view that leans on a primary key for what cannot be grouped',
    [
      `ALTER TABLE users ADD COLUMN settings json`,
      `CREATE VIEW all_settings AS SELECT u.id, u.settings, count(*) FROM users u JOIN posts p ON p.author_id = u.id GROUP BY u.id`,
    ],
    {},
    [
      `CONVERSION_VIEW_OF_TABLES_ALONE view all_settings: clients of either shape have it over views of the tables, and Postgres refuses that: could not identify an equality operator for type json. Change it so that it needs nothing that only tables have (system columns, TABLESAMPLE, a primary key that its GROUP BY stands for), or drop it.`,
    ],
  ],
  [
    'a view of whole rows',
    [`CREATE VIEW documents AS SELECT u.email, to_jsonb(u) AS whole FROM users u`],
    {},
    [
      `CONVERSION_VIEW_OF_WHOLE_ROWS view documents: it reads whole rows of users, so the columns that the conversion adds would show in it. Name the columns that it is about.`,
    ],
  ],
  [
    'policies about the number, also of other tables',
    [
      `CREATE POLICY own ON posts USING (author_id = current_setting('app.user')::int)`,
      `CREATE TABLE extra (who int)`,
      `CREATE POLICY theirs ON extra USING (who = (SELECT id FROM users LIMIT 1))`,
    ],
    {},
    [
      `CONVERSION_POLICY policy own of posts: Postgres refuses it over UUIDs: operator does not exist: uuid = integer. Change it so that it only compares ids with each other, or with what can be either (id::text = ...).`,
      `CONVERSION_POLICY policy theirs of extra: Postgres refuses it over UUIDs: operator does not exist: integer = uuid. Change it so that it only compares ids with each other, or with what can be either (id::text = ...).`,
    ],
  ],
  [
    'a policy that makes numbers of texts',
    [`CREATE POLICY own ON posts USING (subject_id::int = 7)`],
    {},
    [
      `CONVERSION_POLICY policy own of posts: it casts what it finds in subject_id to a number, which fails for a UUID, and only when it runs. Change it first, so that it compares texts.`,
    ],
  ],
])('%s', async (_title, statements, change, refusals) => {
  expect(await refusalsAfter(statements, change)).toEqual(refusals);
});
