import { refusalTests, type Change } from '../refusal-testing';

const { refusalsAfter } = refusalTests();

const extra = (column: string, table = 'extra'): Change => ({
  more: [{ kind: 'column', table, column, to: 'users' }],
});

it.each<[string, readonly string[], Change, readonly string[]]>([
  [
    'a table that is not there',
    [],
    extra('user_id'),
    [
      `CONVERSION_TABLE_NOT_FOUND extra: user-service's database has no such table. Correct the declaration, or run the migrations that make it first.`,
    ],
  ],
  [
    'a foreign table',
    [
      `CREATE FOREIGN DATA WRAPPER nowhere`,
      `CREATE SERVER far FOREIGN DATA WRAPPER nowhere`,
      `CREATE FOREIGN TABLE extra (user_id int) SERVER far`,
    ],
    extra('user_id'),
    [
      `CONVERSION_NOT_A_TABLE extra: it is a foreign table, which cannot have columns, triggers and indexes of its own as a conversion needs them. Declare the table that has the rows.`,
    ],
  ],
  [
    'a view as a table',
    [`CREATE VIEW extra AS SELECT 1 AS user_id`],
    extra('user_id'),
    [
      `CONVERSION_NOT_A_TABLE extra: it is a view, which cannot have columns, triggers and indexes of its own as a conversion needs them. Declare the table that has the rows.`,
    ],
  ],
  [
    'a partition',
    [
      `CREATE TABLE whole (user_id int, at date) PARTITION BY RANGE (at)`,
      `CREATE TABLE extra PARTITION OF whole DEFAULT`,
    ],
    extra('user_id'),
    [
      `CONVERSION_PARTITION extra: it is a partition, whose columns are those of whole. Declare whole instead; its partitions come along.`,
    ],
  ],
  [
    'inheritance',
    [`CREATE TABLE special_posts () INHERITS (posts)`],
    {},
    [
      `CONVERSION_INHERITANCE posts: it shares columns by inheritance with special_posts, and keys, triggers and foreign keys are not inherited. End the inheritance (ALTER TABLE ... NO INHERIT), or make partitions of the children.`,
    ],
  ],
  [
    'a typed table',
    [`CREATE TYPE extra_row AS (user_id int)`, `CREATE TABLE extra OF extra_row`],
    extra('user_id'),
    [
      `CONVERSION_TYPED_TABLE extra: it is a table OF the type extra_row, and gets no column that the type has not. Detach it first: ALTER TABLE ... NOT OF.`,
    ],
  ],
  [
    'a row type in use',
    [`CREATE TABLE extra (old users)`],
    {},
    [
      `CONVERSION_ROW_TYPE_USED users: the column extra.old keeps whole rows of it, with their numbers inside. Replace that column by a reference or by JSON first.`,
    ],
  ],
  [
    'the same name in two schemas',
    [`CREATE SCHEMA club`, `CREATE TABLE club.users (boss_id int)`],
    extra('boss_id', 'club.users'),
    [
      `CONVERSION_NAME_TWICE users and club.users: they have the same name in different schemas, and in the schemas legacy and uuid_ids there is one view for each name. Rename one of them, or take it out of the conversion.`,
    ],
  ],
  [
    'a view whose name has a dot',
    [`CREATE VIEW "user.names" AS SELECT email FROM users`],
    {},
    [
      `CONVERSION_NAME_HAS_DOT view "user.names": it reads a converted table, and a name with a dot of its own cannot be told from one with a schema. Rename it.`,
    ],
  ],
])('%s', async (_title, statements, change, refusals) => {
  expect(await refusalsAfter(statements, change)).toEqual(refusals);
});
