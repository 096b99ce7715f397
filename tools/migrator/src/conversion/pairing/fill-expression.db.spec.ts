import { createTestDatabase, type TestDatabase } from '@hockey-hub/shared-lib/src/testing/test-database';
import type { Client } from 'pg';
import { connect } from '../../pg/connect';
import type { Reference } from '../declaration';
import type { ReferenceTwin } from '../twins';
import { makeConversionFunctions } from './conversion-functions';
import { fillExpression } from './fill-expression';

let database: TestDatabase;
let client: Client;

/** The UUIDs of users are 000..1 and so on; those of teams end in f. */
const uuid = (n: number) => `0190f000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const team = (n: number) => `0190f000-0000-7000-8000-${String(n).padStart(11, '0')}f`;

beforeAll(async () => {
  database = await createTestDatabase();
  client = await connect(database.url, 'test');
  const { rows } = await client.query<{ version: number }>(
    `SELECT current_setting('server_version_num')::int AS version`,
  );
  for (const statement of makeConversionFunctions(rows[0]!.version)) await client.query(statement);
  await client.query(`
    CREATE TABLE id_conversion.users_ids (number bigint PRIMARY KEY, uuid uuid NOT NULL UNIQUE);
    CREATE TABLE id_conversion.teams_ids (number bigint PRIMARY KEY, uuid uuid NOT NULL UNIQUE);
    INSERT INTO id_conversion.users_ids SELECT n, ('0190f000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid FROM generate_series(1, 9) n;
    INSERT INTO id_conversion.teams_ids SELECT n, ('0190f000-0000-7000-8000-' || lpad(n::text, 11, '0') || 'f')::uuid FROM generate_series(1, 9) n`);
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const twin = (...references: [Reference, ...Reference[]]): ReferenceTwin => ({
  role: 'reference',
  table: 'notes',
  column: 'x',
  references,
});
const json = (path: string, to = 'users'): Reference => ({
  kind: 'json',
  table: 'notes',
  column: 'x',
  path,
  to,
});
const polymorphic = (typeValue: string, to: string): Reference => ({
  kind: 'polymorphic',
  table: 'notes',
  column: 'x',
  typeColumn: 'type',
  typeValue,
  to,
});
const COLUMN = twin({ kind: 'column', table: 'notes', column: 'x', to: 'users' });
const ARRAY = twin({ kind: 'array', table: 'notes', column: 'x', to: 'users' });
const SUBJECT = twin(polymorphic('user', 'users'), polymorphic('team', 'teams'));

/** What the twin of `value` is, from its numbers or from its UUIDs, as a text. */
async function fill(of: ReferenceTwin, source: 'numeric' | 'uuid', value: string, type = 'NULL::text') {
  const name = source === 'numeric' ? 'x' : 'x_uuid';
  const expression = fillExpression(of, { source, shape: 'numeric', row: 't' });
  const { rows } = await client.query<{ filled: string | null }>(
    `SELECT (${expression})::text AS filled FROM (SELECT ${value} AS "${name}", ${type} AS "type") AS t`,
  );
  return rows[0]!.filled;
}

describe.each([
  ['a number', COLUMN, '3::smallint', uuid(3)],
  ['no number', COLUMN, 'NULL::integer', null],
  [
    'an array in its order, with what it has twice and with null',
    ARRAY,
    `'{3,1,NULL,3}'::integer[]`,
    `{${uuid(3)},${uuid(1)},NULL,${uuid(3)}}`,
  ],
  ['an empty array', ARRAY, `'{}'::integer[]`, '{}'],
  ['no array', ARRAY, 'NULL::integer[]', null],
  [
    'JSON below a key',
    twin(json('a.id')),
    `'{"a": {"id": 2, "b": 1}}'::jsonb`,
    `{"a": {"b": 1, "id": "${uuid(2)}"}}`,
  ],
  [
    'JSON arrays in arrays',
    twin(json('[*].p[*]')),
    `'[{"p": [2, null, 1]}, {"q": 3}, 4]'::jsonb`,
    `[{"p": ["${uuid(2)}", null, "${uuid(1)}"]}, {"q": 3}, 4]`,
  ],
  [
    'two paths of one document',
    twin(json('u'), json('"the team"', 'teams')),
    `'{"u": 1, "the team": 2}'::jsonb`,
    `{"u": "${uuid(1)}", "the team": "${team(2)}"}`,
  ],
])('%s', (_, of, numbers, uuids) => {
  it('becomes UUIDs, and numbers again', async () => {
    expect(await fill(of, 'numeric', numbers)).toBe(uuids);
    const type = of === COLUMN ? 'uuid' : of === ARRAY ? 'uuid[]' : 'jsonb';
    const { rows } = await client.query<{ before: string | null }>(`SELECT (${numbers})::text AS before`);
    expect(await fill(of, 'uuid', uuids === null ? `NULL::${type}` : `'${uuids}'::${type}`)).toBe(
      rows[0]!.before,
    );
  });
});

it.each([
  ['a number without a pair', COLUMN, '99::integer'],
  ['one of an array', ARRAY, `'{1,99}'::integer[]`],
  ['one of a document', twin(json('a[*]')), `'{"a": [1, 99]}'::jsonb`],
  ['one of the paths of a document', twin(json('u'), json('t', 'teams')), `'{"u": 99, "t": 2}'::jsonb`],
])('%s makes nothing of the whole', async (_, of, numbers) => {
  expect(await fill(of, 'numeric', numbers)).toBeNull();
});

it.each([
  ['where the path is not there', '{"b": 1}'],
  ['where it leads to null', '{"a": null}'],
  ['where an array is expected', '{"a": 1}'],
  ['where there are none in the array', '{"a": []}'],
  ['which is none itself', '7'],
  ['with values that are no numbers', '{"a": ["x", true, 1.5, "007", 1e30, {}, [1]]}'],
])('a document %s is copied', async (_, document) => {
  expect(await fill(twin(json('a[*]')), 'numeric', `'${document}'::jsonb`)).toBe(
    (await client.query<{ printed: string }>(`SELECT '${document}'::jsonb::text AS printed`)).rows[0]!
      .printed,
  );
});

it('reads numbers that are strings, and writes them as numbers on the way back', async () => {
  expect(await fill(twin(json('a')), 'numeric', `'{"a": "7"}'::jsonb`)).toBe(`{"a": "${uuid(7)}"}`);
  expect(await fill(twin(json('a')), 'uuid', `'{"a": "${uuid(7)}"}'::jsonb`)).toBe('{"a": 7}');
});

it.each([
  ['user', '7', uuid(7)],
  ['team', '7', team(7)],
  ['session', '7', '7'],
  ['user', 'seven', 'seven'],
  ['user', '007', '007'],
  ['user', '99999999999999999999', '99999999999999999999'],
  ['user', '9223372036854775808', '9223372036854775808'],
  ['user', '99', null],
  ['user', '', ''],
])('a subject of the type %s with %j becomes %s', async (type, text, expected) => {
  expect(await fill(SUBJECT, 'numeric', `'${text}'::varchar(64)`, `'${type}'`)).toBe(expected);
  if (expected !== null) expect(await fill(SUBJECT, 'uuid', `'${expected}'`, `'${type}'`)).toBe(text);
});

it('copies a subject without a type', async () => {
  expect(await fill(SUBJECT, 'numeric', `'7'`, 'NULL::text')).toBe('7');
});

it('refuses an array of more dimensions', async () => {
  await expect(fill(ARRAY, 'numeric', `'{{1,2},{3,4}}'::integer[]`)).rejects.toMatchObject({
    code: '2202E',
    message: 'the references in the array {{1,2},{3,4}} cannot be converted: it has more than one dimension',
  });
});
