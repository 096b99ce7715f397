import {
  columnsCastToNumbers,
  exclusionOperators,
  loadParser,
  uncarriedColumns,
  wholeRowsOf,
} from './expressions';
import type { Reference, Twin } from './inspection';

beforeAll(loadParser);

const twin = (...references: [Reference, ...Reference[]]): [string, Twin] => [
  references[0].column,
  { role: 'reference', table: 't', column: references[0].column, references },
];
const column = (name: string, to: string) => twin({ kind: 'column', table: 't', column: name, to });
const TWINS = new Map<string, Twin>([
  ['id', { role: 'key', table: 'users', column: 'id', key: { table: 'users', column: 'id' } }],
  column('a', 'users'),
  column('b', 'users'),
  column('team', 'teams'),
  twin({ kind: 'array', table: 't', column: 'list', to: 'users' }),
  twin(
    { kind: 'json', table: 't', column: 'doc', path: 'coach.id', to: 'users' },
    { kind: 'json', table: 't', column: 'doc', path: 'players[*]', to: 'users' },
  ),
  twin({ kind: 'json', table: 't', column: 'docs', path: '[*].id', to: 'users' }),
  twin({
    kind: 'polymorphic',
    table: 't',
    column: 'subject',
    typeColumn: 'type',
    typeValue: 'user',
    to: 'users',
  }),
]);

describe('uncarriedColumns', () => {
  it.each([
    'a IS NOT NULL',
    '(a IS NULL) <> (team IS NULL)',
    'a = b AND NOT (a <> id)',
    'a IS DISTINCT FROM b OR words > 7',
    'num_nonnulls(a, team, list) = 1',
    'cardinality(list) > 0 AND array_length(list, 1) < 9',
    `subject <> '' AND (subject)::text <> ''::text`,
    `doc ->> 'kind' = 'x' AND (doc -> 'weather' -> 'sky') IS NOT NULL AND jsonb_typeof(doc) = 'object'`,
    'words + 1 > other_id',
  ])('carries %s over', (expression) => {
    expect(uncarriedColumns(expression, TWINS)).toEqual([]);
  });

  it.each([
    ['a > 0', ['a']],
    ['a = 7', ['a']],
    ['a = team', ['a', 'team']],
    ['a < b', ['a', 'b']],
    ['a + 1 = b', ['a', 'b']],
    ['coalesce(a, b) IS NOT NULL', ['a', 'b']],
    ['lower(a::text) = email', ['a']],
    ['a = ANY (list)', ['a', 'list']],
    ['a IN (1, 2)', ['a']],
    ['cardinality(list) > a', ['a']],
    [`subject = '7'`, ['subject']],
    ['length(subject) > 3', ['subject']],
    [`(doc -> 'coach') IS NOT NULL`, ['doc']],
    [`docs -> 'x' IS NULL`, ['docs']],
    [`doc @> '{}'`, ['doc']],
    ['(CASE WHEN words > 1 THEN a END) IS NULL', ['a']],
  ])('does not carry %s over', (expression, columns) => {
    expect(uncarriedColumns(expression, TWINS)).toEqual(columns);
  });
});

it('whole rows, by whatever they are called', () => {
  expect(
    wholeRowsOf('SELECT row_to_json(u.*) AS row, count(*) FROM club.users u JOIN teams ON true'),
  ).toEqual(['club.users']);
  expect(wholeRowsOf('SELECT x.y FROM (SELECT teams.* IS NULL AS y FROM teams) x')).toEqual(['teams']);
  expect(wholeRowsOf('SELECT u.id FROM users u')).toEqual([]);
});

it('casts of texts to numbers, wherever they are', () => {
  const columns = new Set(['doc', 'subject']);
  expect(
    columnsCastToNumbers(
      `SELECT u.id FROM users u WHERE u.id IN (SELECT ((p.doc -> 'a') ->> 'b')::bigint FROM posts p) AND u.subject::text = '7'`,
      columns,
    ),
  ).toEqual(['doc']);
  expect(columnsCastToNumbers('SELECT words::int, subject FROM posts', columns)).toEqual([]);
});

it('operators of an exclusion constraint', () => {
  expect(
    exclusionOperators(
      'EXCLUDE USING gist (a WITH =, lower(b) WITH =, during WITH &&) WHERE (a IS NOT NULL)',
    ),
  ).toEqual([
    { column: 'a', operator: '=' },
    { column: null, operator: '=' },
    { column: 'during', operator: '&&' },
  ]);
});
