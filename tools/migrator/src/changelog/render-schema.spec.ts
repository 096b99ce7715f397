import type { Catalog, Column, Constraint, Index, Table } from '../catalog/catalog';
import { formatted } from '../testing/formatted';
import { renderSchema } from './render-schema';

const SERVICE = { name: 'user-service', root: 'apps/user-service', dependsOn: [] };

/** `email: character varying(255)?`: a question mark where it may be null. */
function column(text: string): Column {
  const [name = '', type = ''] = text.split(': ');
  const notNull = !type.endsWith('?');
  return {
    ...{ name, notNull, type: notNull ? type : type.slice(0, -1) },
    ...{ enum: null, default: null, identity: null, generated: null, collation: null, comment: null },
  };
}

const constraint = (
  name: string,
  kind: Constraint['kind'],
  columns: string[],
  table?: string,
): Constraint => ({
  ...{ name, kind, columns, definition: '', validated: true },
  references: table === undefined ? null : { table, columns: ['id'] },
});

const uniqueIndex = (name: string, columns: string[], definition = ''): Index => ({
  ...{ name, columns, definition, unique: true, valid: true },
  ...{ dependsOn: columns, hasExpression: definition !== '' },
});

function table(
  name: string,
  columns: string[],
  constraints: Constraint[] = [],
  indexes: Index[] = [],
): Table {
  return {
    ...{ schema: 'public', name, comment: null },
    columns: columns.map(column),
    constraints: Object.fromEntries(constraints.map((one) => [one.name, one])),
    indexes: Object.fromEntries(indexes.map((one) => [one.name, one])),
  };
}

const catalogOf = (...tables: Table[]): Catalog => ({
  tables: Object.fromEntries(tables.map((one) => [one.name, one])),
  enums: {},
  sequences: {},
  views: {},
});

const diagramOf = (text: string) =>
  /```mermaid\n([^]*?)\n```/
    .exec(text)?.[1]
    ?.split('\n')
    .map((line) => line.trim());

it('marks keys and what may be null, with the short names of types', () => {
  const users = table(
    'users',
    [
      'id: uuid',
      'email: character varying(255)',
      'seen: timestamp(3) with time zone?',
      'rank: numeric(10,2)',
      'team_id: uuid',
    ],
    [
      constraint('pk', 'primary key', ['id']),
      constraint('uq', 'unique', ['email']),
      constraint('fk', 'foreign key', ['team_id'], 'teams'),
    ],
  );
  expect(diagramOf(renderSchema(SERVICE, catalogOf(users)))).toEqual([
    'erDiagram',
    'users {',
    'uuid id PK',
    'varchar(255) email UK',
    'timestamptz(3) seen "null"',
    'numeric(10,2) rank',
    'uuid team_id FK',
    '}',
    'teams ||..o{ users : "team_id"',
  ]);
});

it.each([
  ['is required', ['team_id: uuid'], [], 'teams ||..o{ users : "team_id"'],
  ['may be null', ['team_id: uuid?'], [], 'teams |o..o{ users : "team_id"'],
  [
    'is unique',
    ['team_id: uuid'],
    [constraint('uq', 'unique', ['team_id'])],
    'teams ||..o| users : "team_id"',
  ],
  [
    'is the primary key',
    ['team_id: uuid'],
    [constraint('pk', 'primary key', ['team_id'])],
    'teams ||--o| users : "team_id"',
  ],
  [
    'is part of a longer key',
    ['team_id: uuid', 'at: date'],
    [constraint('pk', 'primary key', ['team_id', 'at'])],
    'teams ||--o{ users : "team_id"',
  ],
])('tells how many rows a foreign key joins, when it %s', (_when, columns, keys, line) => {
  const users = table('users', columns, [...keys, constraint('fk', 'foreign key', ['team_id'], 'teams')]);
  expect(diagramOf(renderSchema(SERVICE, catalogOf(users)))?.at(-1)).toBe(line);
});

it('does not take a unique index with a condition for a key', () => {
  const condition = 'CREATE UNIQUE INDEX uq ON public.users USING btree (team_id) WHERE open';
  const users = table(
    'users',
    ['team_id: uuid', 'open: boolean'],
    [],
    [uniqueIndex('uq', ['team_id'], condition)],
  );
  const text = renderSchema(SERVICE, catalogOf(users));
  expect(diagramOf(text)).toContain('uuid team_id');
  expect(text).toContain('## Unique together\n\n- `users`: `(team_id) WHERE open`\n');
});

it('writes names that Mermaid would not take so that it takes them, and the real one beside', () => {
  const odd = {
    ...table(
      'odd',
      ['2nd "name": text', 'x: legacy.my type'],
      [constraint('fk', 'foreign key', ['x'], 'legacy.users')],
    ),
  };
  expect(diagramOf(renderSchema(SERVICE, { ...catalogOf(), tables: { 'legacy.odd': odd } }))).toEqual([
    'erDiagram',
    '"legacy.odd" {',
    `text _2nd_name "2nd 'name'"`,
    'legacy.my_type x FK',
    '}',
    '"legacy.users" ||..o{ "legacy.odd" : "x"',
  ]);
});

it('lists enums, views and keys of several columns, as the formatter wants it', async () => {
  const text = renderSchema(SERVICE, {
    ...catalogOf(table('users', ['a: integer', 'b: integer'], [constraint('uq', 'unique', ['a', 'b'])])),
    enums: { 'legacy.role': { schema: 'legacy', name: 'role', labels: ['left_wing', 'a*b', '`tick`'] } },
    views: {
      names: {
        schema: 'public',
        name: 'names',
        materialized: false,
        definition: '',
        reads: { users: ['a'] },
        indexes: [],
        attached: [],
      },
    },
  });
  expect(text).toContain('- `users`: `a`, `b`\n');
  expect(text).toContain('- `legacy.role`: `left_wing`, `a*b`, `` `tick` ``\n');
  expect(text).toContain('- `names` reads `users`\n');
  expect(await formatted(text)).toBe(text);
});

it('is a file also before there is a table', async () => {
  const text = renderSchema(SERVICE, catalogOf());
  expect(text).toContain('No tables yet.');
  expect(await formatted(text)).toBe(text);
});
