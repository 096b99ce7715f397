import { loadParser } from './expressions';
import { joinPieces, queryPieces } from './view-query';

beforeAll(loadParser);

const RELATIONS = new Map([
  ['users', { primaryKey: ['id'], columns: ['id', 'email', 'näme', 'teamId'] }],
  ['club.teams', { primaryKey: ['tenant', 'id'], columns: ['tenant', 'id', 'title'] }],
  ['logs', { primaryKey: [], columns: ['id', 'at'] }],
]);

const over = (query: string) =>
  joinPieces(queryPieces(query, RELATIONS), (relation) => `legacy."${relation.split('.').at(-1)}"`);

it.each([
  [
    'relations get their names',
    `SELECT 'users', u.id FROM users u JOIN club.teams ON teams.id = u."teamId", other`,
    `SELECT 'users', u.id FROM legacy."users" u JOIN legacy."teams" ON teams.id = u."teamId", other`,
  ],
  [
    'also behind letters of several bytes, in quotes, and after ONLY',
    `SELECT 'äöü €' AS "ß", id FROM ONLY public."users"`,
    `SELECT 'äöü €' AS "ß", id FROM ONLY legacy."users"`,
  ],
  [
    'a WITH query of that name is another thing, where it can be seen',
    `SELECT (WITH users AS (SELECT 1 AS id) SELECT users.id FROM users) AS one, u.id FROM users u`,
    `SELECT (WITH users AS (SELECT 1 AS id) SELECT users.id FROM users) AS one, u.id FROM legacy."users" u`,
  ],
  [
    'a GROUP BY says in full what it said by a key',
    `SELECT u.id, u.email, count(*) FROM users u JOIN logs l ON l.id = u.id GROUP BY u.id HAVING max(l.at) > u."näme"`,
    `SELECT u.id, u.email, count(*) FROM legacy."users" u JOIN legacy."logs" l ON l.id = u.id GROUP BY "u"."email", "u"."näme", u.id HAVING max(l.at) > u."näme"`,
  ],
  [
    'without an alias, and on either side of a UNION',
    `SELECT id, email FROM users GROUP BY id UNION SELECT id, (SELECT "teamId" || email) FROM users GROUP BY id`,
    `SELECT id, email FROM legacy."users" GROUP BY "users"."email", id UNION SELECT id, (SELECT "teamId" || email) FROM legacy."users" GROUP BY "users"."teamId", "users"."email", id`,
  ],
  [
    'a part of a key is none',
    `SELECT t.id, count(t.title) FROM club.teams t GROUP BY t.id`,
    `SELECT t.id, count(t.title) FROM legacy."teams" t GROUP BY t.id`,
  ],
  [
    'the whole of it is',
    `SELECT t.title FROM club.teams t GROUP BY t.id, t.tenant`,
    `SELECT t.title FROM legacy."teams" t GROUP BY "t"."title", t.id, t.tenant`,
  ],
])('%s', (_title, query, expected) => {
  expect(over(query)).toBe(expected);
});
