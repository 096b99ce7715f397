import { REFERENCES, refusalTests, type Change } from '../refusal-testing';

const { refusalsAfter } = refusalTests();

it.each<[string, Change, string]>([
  [
    'a name with a space',
    { name: 'users to uuid' },
    `CONVERSION_NAME_INVALID conversion "users to uuid": its name may have letters, digits and hyphens alone, because it becomes a part of other names. Rename it in every service.`,
  ],
  [
    'a table called by public',
    { more: [{ kind: 'column', table: 'public.posts', column: 'words', to: 'users' }] },
    `CONVERSION_TABLE_NAME_INVALID table "public.posts": tables of the schema public are declared without it. Write "posts".`,
  ],
  [
    'a table name with two dots',
    { more: [{ kind: 'column', table: 'a.b.c', column: 'words', to: 'users' }] },
    `CONVERSION_TABLE_NAME_INVALID table "a.b.c": a table is declared as \`name\`, or \`schema.name\` outside public, so a name with a dot of its own cannot be told apart. Rename it.`,
  ],
  [
    'two keys of one table',
    {
      keys: [
        { table: 'users', column: 'id' },
        { table: 'users', column: 'number' },
      ],
    },
    'CONVERSION_KEY_TWICE key of users: the table has two entries in `keys`, and references say by the table alone what they point at. Keep one.',
  ],
  [
    'a target that is no key',
    { references: { editor: { ...REFERENCES.editor, to: 'editors' } } },
    "CONVERSION_UNKNOWN_TARGET posts.editor_id: it refers to editors, whose key is not among the conversion's (users). Declare the key of user-service's table in `keys`, here and in the owner, or take the reference out.",
  ],
  [
    'a key that is a reference',
    { more: [{ kind: 'column', table: 'users', column: 'id', to: 'users' }] },
    "CONVERSION_KEY_IS_REFERENCE users.id: it is declared as a key and as a reference to users. Its numbers are those of users, so it gets their UUIDs: take it out of `keys`, and declare what points at it with `to: 'users'`.",
  ],
  [
    'two kinds',
    { more: [{ ...REFERENCES.meta, column: 'editor_id' }] },
    'CONVERSION_KINDS_DIFFER posts.editor_id: its references are of the kinds column and json, and a column is of one kind. Keep the one that its values are of.',
  ],
  [
    'two targets',
    {
      keys: [
        { table: 'users', column: 'id' },
        { table: 'clubs', column: 'id' },
      ],
      more: [{ ...REFERENCES.editor, to: 'clubs' }],
    },
    'CONVERSION_REFERENCE_TWICE posts.editor_id: it is declared 2 times (to users, clubs), and its numbers can be those of one table only. Keep one. If another column says whose they are, it is a polymorphic reference.',
  ],
  [
    'a path inside a path',
    { more: [{ ...REFERENCES.meta, path: 'coach' }] },
    'CONVERSION_REFERENCE_TWICE posts.meta: the path coach and the path coach.id lead to the same place. Where a number is, nothing is inside it: keep one of them.',
  ],
  [
    'a path twice',
    { more: [REFERENCES.meta] },
    'CONVERSION_REFERENCE_TWICE posts.meta: the path coach.id and the path coach.id lead to the same place. Where a number is, nothing is inside it: keep one of them.',
  ],
  [
    'a path that is wrong',
    { references: { meta: { ...REFERENCES.meta, path: 'coach[0]' } } },
    'CONVERSION_JSON_PATH_INVALID posts.meta: the JSON path "coach[0]" is wrong at character 6: one element cannot be chosen; [*] means all of them.',
  ],
  [
    'a type twice',
    { more: [REFERENCES.subject] },
    'CONVERSION_REFERENCE_TWICE posts.subject_id: the type "user" is declared more than once. Keep the one that is true.',
  ],
  [
    'two type columns',
    { more: [{ ...REFERENCES.subject, typeColumn: 'words', typeValue: 'team' }] },
    'CONVERSION_REFERENCE_TWICE posts.subject_id: its type stands in subject_type and in words, and they could contradict each other. Name one type column.',
  ],
])('%s', async (_title, change, refusal) => {
  expect(await refusalsAfter([], change)).toEqual([refusal]);
});

it('nothing to convert', async () => {
  const none = { boss: null, author: null, editor: null, likers: null, meta: null, subject: null };
  expect(await refusalsAfter([], { keys: [], references: none })).toEqual([
    "CONVERSION_NOTHING_TO_CONVERT conversion users-to-uuid: it declares no key, so nobody knows whose numbers become UUIDs. Name the owner's keys in `keys`, also where the service has only references.",
  ]);
});
