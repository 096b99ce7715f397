import type { Reference } from '../inspection';
import { REFERENCES, refusalTests, type Change } from '../refusal-testing';

const { refusalsAfter } = refusalTests();

const extra = (column: string, table = 'extra'): Change => ({
  more: [{ kind: 'column', table, column, to: 'users' }],
});

it.each<[string, readonly string[], Change, readonly string[]]>([
  [
    'a column that is not there',
    [],
    { references: { editor: { ...REFERENCES.editor, column: 'editorId' } } },
    [
      `CONVERSION_COLUMN_NOT_FOUND posts.editorId: the table has no such column; it has id, author_id, editor_id, likers, meta, subject_type, subject_id, words. Correct the declaration.`,
    ],
  ],
  [
    'a key that is a uuid',
    [],
    {
      keys: [
        { table: 'users', column: 'id' },
        { table: 'posts', column: 'id' },
      ],
    },
    [`CONVERSION_KEY_TYPE posts.id: it is a uuid already. Take it out of the declaration.`],
  ],
  [
    'a numeric key',
    [`CREATE TABLE extra (id numeric PRIMARY KEY)`],
    {
      keys: [
        { table: 'users', column: 'id' },
        { table: 'extra', column: 'id' },
      ],
    },
    [
      `CONVERSION_KEY_TYPE extra.id: it is numeric; a key that is converted is smallint, integer, bigint. Change the type first, or keep the key as it is.`,
    ],
  ],
  [
    'a domain',
    [`CREATE DOMAIN user_number AS int`, `CREATE TABLE extra (user_id user_number)`],
    extra('user_id'),
    [
      `CONVERSION_DOMAIN_TYPE extra.user_id: its type is the domain user_number, whose rules are about integer and not about UUIDs. Make it a plain integer first.`,
    ],
  ],
  [
    'a key that is not unique by itself',
    [
      `CREATE TABLE extra (id int NOT NULL, at date, PRIMARY KEY (id, at))`,
      `CREATE UNIQUE INDEX ON extra (id) WHERE at IS NULL`,
    ],
    {
      keys: [
        { table: 'users', column: 'id' },
        { table: 'extra', column: 'id' },
      ],
    },
    [
      `CONVERSION_KEY_NOT_UNIQUE extra.id: it is no key by itself: neither the primary key nor NOT NULL with a unique index that is valid, whole and not deferrable. Several rows could have one number, and only one of them its UUID. Make it unique first, or declare the column that is.`,
    ],
  ],
  [
    'a column of another kind',
    [],
    {
      references: {
        likers: { ...REFERENCES.likers, kind: 'column' },
        editor: { ...REFERENCES.editor, kind: 'array' },
      },
    },
    [
      `CONVERSION_REFERENCE_TYPE posts.editor_id: it is integer; a reference of kind 'array' is smallint[], integer[], bigint[]. Change its type first, or its kind in the declaration.`,
      `CONVERSION_REFERENCE_TYPE posts.likers: it is integer[], an array. Declare it with kind 'array'.`,
    ],
  ],
  [
    'json, short texts and other texts',
    [`CREATE TABLE extra (doc json, plain text, short varchar(20), padded char(40), kind text)`],
    {
      more: [
        { kind: 'json', table: 'extra', column: 'doc', path: 'a', to: 'users' },
        { kind: 'json', table: 'extra', column: 'plain', path: 'a', to: 'users' },
        ...['short', 'padded'].map((column): Reference => ({
          kind: 'polymorphic',
          table: 'extra',
          column,
          typeColumn: 'kind',
          typeValue: 'user',
          to: 'users',
        })),
      ],
    },
    [
      `CONVERSION_REFERENCE_TYPE extra.doc: it is json, whose documents can be read but not changed in place. Convert it first: ALTER COLUMN ... TYPE jsonb.`,
      `CONVERSION_REFERENCE_TYPE extra.plain: it is text; a reference of kind 'json' is jsonb. Change its kind in the declaration.`,
      `CONVERSION_REFERENCE_TYPE extra.short: it is character varying(20), and a UUID has 36 characters. Widen it first: ALTER COLUMN ... TYPE varchar(36), which rewrites nothing.`,
      `CONVERSION_REFERENCE_TYPE extra.padded: it is character(40); a polymorphic reference is text or varchar, so that it can hold a number as well as a UUID. Change its type first.`,
    ],
  ],
  [
    'type columns',
    [`CREATE TYPE kinds AS ENUM ('team')`, `ALTER TABLE posts ADD COLUMN kind kinds`],
    {
      references: { subject: { ...REFERENCES.subject, typeColumn: 'kind' } },
    },
    [
      `CONVERSION_TYPE_COLUMN posts.subject_id: its type column kind can never be "user": it is one of team. Correct the declaration.`,
    ],
  ],
  [
    'a type column that is not there',
    [],
    { references: { subject: { ...REFERENCES.subject, typeColumn: 'subjectType' } } },
    [
      `CONVERSION_TYPE_COLUMN posts.subject_id: its type column subjectType is not in the table. Correct the declaration.`,
    ],
  ],
  [
    'a type column that is converted',
    [],
    { references: { subject: { ...REFERENCES.subject, typeColumn: 'editor_id' } } },
    [
      `CONVERSION_TYPE_COLUMN posts.subject_id: its type column editor_id is converted itself, so it cannot say whose numbers these are. Correct the declaration.`,
    ],
  ],
  [
    'defaults',
    [
      `ALTER TABLE posts ALTER COLUMN editor_id SET DEFAULT 7, ALTER COLUMN likers SET DEFAULT '{}', ALTER COLUMN meta SET DEFAULT '{"coach": {"id": 7}}'`,
      `ALTER TABLE users ALTER COLUMN id SET DEFAULT (random() * 1000)::int`,
    ],
    {},
    [
      `CONVERSION_DEFAULT users.id: its default is ((random() * (1000)::double precision))::integer, of which nobody can say what it gives after the switch. Take numbers from a sequence (nextval of a regclass, or an identity), or drop the default.`,
      `CONVERSION_DEFAULT posts.editor_id: its default is 7, a number that would have to be a UUID after the switch. Drop the default; an empty array or an empty document may stay.`,
      `CONVERSION_DEFAULT posts.meta: its default is '{"coach": {"id": 7}}'::jsonb, a number that would have to be a UUID after the switch. Drop the default; an empty array or an empty document may stay.`,
    ],
  ],
  [
    'generated columns',
    [`ALTER TABLE posts ADD COLUMN twice int GENERATED ALWAYS AS (author_id * 2) STORED`],
    { more: [{ kind: 'column', table: 'posts', column: 'twice', to: 'users' }] },
    [
      `CONVERSION_GENERATED posts.author_id: the column twice is generated from it ((author_id * 2)), and would have to be made from UUIDs after the switch, for every row at once. Drop twice, or make it a plain column first: ALTER COLUMN ... DROP EXPRESSION.`,
      `CONVERSION_GENERATED posts.twice: it is generated ((author_id * 2)), so no UUID can be written to its twin. Make it a plain column first: ALTER COLUMN ... DROP EXPRESSION.`,
    ],
  ],
  [
    'set-null where null cannot be',
    [],
    { references: { author: { ...REFERENCES.author, dangling: 'set-null' } } },
    [
      `CONVERSION_CANNOT_SET_NULL posts.author_id: its dangling references are to become null, and it is NOT NULL. Declare 'fail' or 'quarantine', or make it nullable first.`,
    ],
  ],
])('%s', async (_title, statements, change, refusals) => {
  expect(await refusalsAfter(statements, change)).toEqual(refusals);
});
