import { refusalTests, type Change } from '../refusal-testing';

const { refusalsAfter } = refusalTests();

const extra = (column: string, table = 'extra'): Change => ({
  more: [{ kind: 'column', table, column, to: 'users' }],
});

it.each<[string, readonly string[], Change, readonly string[]]>([
  [
    'foreign keys that are not declared, also of tables that are not',
    [`CREATE TABLE extra (user_id int REFERENCES users)`],
    { references: { author: null } },
    [
      `CONVERSION_FOREIGN_KEY_UNDECLARED extra.user_id: the foreign key extra_user_id_fkey points at users.id, which is converted, and the declaration does not have this column. Add { kind: 'column', table: 'extra', column: 'user_id', to: 'users' } to its references.`,
      `CONVERSION_FOREIGN_KEY_UNDECLARED posts.author_id: the foreign key posts_author_id_fkey points at users.id, which is converted, and the declaration does not have this column. Add { kind: 'column', table: 'posts', column: 'author_id', to: 'users' } to its references.`,
    ],
  ],
  [
    'a foreign key of a composite key, through a reference',
    [
      `CREATE TABLE members (user_id int REFERENCES users, team int, PRIMARY KEY (team, user_id))`,
      `CREATE TABLE extra (team int, who int, FOREIGN KEY (team, who) REFERENCES members (team, user_id))`,
    ],
    extra('user_id', 'members'),
    [
      `CONVERSION_FOREIGN_KEY_UNDECLARED extra.who: the foreign key extra_team_who_fkey points at members.user_id, which is converted, and the declaration does not have this column. Add { kind: 'column', table: 'extra', column: 'who', to: 'users' } to its references.`,
    ],
  ],
  [
    'a foreign key to something else',
    [
      `CREATE TABLE clubs (id int PRIMARY KEY)`,
      `CREATE TABLE extra (a int REFERENCES clubs, b int REFERENCES users)`,
    ],
    {
      keys: [
        { table: 'users', column: 'id' },
        { table: 'teams', column: 'id' },
      ],
      more: [
        { kind: 'column', table: 'extra', column: 'a', to: 'users' },
        { kind: 'column', table: 'extra', column: 'b', to: 'teams' },
      ],
    },
    [
      `CONVERSION_TABLE_NOT_FOUND teams: user-service's database has no such table. Correct the declaration, or run the migrations that make it first.`,
      `CONVERSION_FOREIGN_KEY_ELSEWHERE extra.b: it is declared to have numbers of teams, but the foreign key extra_b_fkey points at users.id, which has its own. Correct what the reference is \`to\`, declare both columns, or drop the foreign key.`,
      `CONVERSION_FOREIGN_KEY_ELSEWHERE extra.a: it is declared to have numbers of users, but the foreign key extra_a_fkey points at clubs.id, which is not converted. Correct what the reference is \`to\`, declare both columns, or drop the foreign key.`,
    ],
  ],
])('%s', async (_title, statements, change, refusals) => {
  expect(await refusalsAfter(statements, change)).toEqual(refusals);
});
