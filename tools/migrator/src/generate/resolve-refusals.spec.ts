import type { Catalog, Column, Table } from '../catalog/catalog';
import { NO_DECISIONS } from './decisions';
import { resolveRefusals, type Ask } from './resolve-refusals';

const column = (name: string): Column => ({
  name,
  type: 'text',
  enum: null,
  notNull: false,
  default: null,
  identity: null,
  generated: null,
  collation: null,
  comment: null,
});
const table = (name: string, ...columns: string[]): Table => ({
  schema: 'public',
  name,
  columns: columns.map(column),
  constraints: {},
  indexes: {},
  comment: null,
});
const catalog = (...tables: Table[]): Catalog => ({
  tables: Object.fromEntries(tables.map((one) => [one.name, one])),
  enums: {},
  sequences: {},
  views: {},
});

/** Answers with the choice of this number, question after question; notes what was asked. */
function answering(...answers: readonly (number | undefined)[]) {
  const asked: string[] = [];
  const left = [...answers];
  const ask: Ask = async (question, choices) => {
    asked.push([question, ...choices.map(({ label }) => `- ${label}`)].join('\n'));
    const answer = left.shift();
    return answer === undefined ? undefined : choices[answer];
  };
  return { ask, asked };
}

const BEFORE = catalog(table('users', 'id', 'name', 'note'));
const AFTER = catalog(table('members', 'id', 'full_name'));

it('asks until nothing is left to ask', async () => {
  const { ask, asked } = answering(0, 0, 0);
  expect(await resolveRefusals('user-service', BEFORE, AFTER, NO_DECISIONS, ask)).toEqual({
    ...NO_DECISIONS,
    tableRenames: [{ from: 'users', to: 'members' }],
    renames: [{ table: 'users', from: 'name', to: 'full_name' }],
    allowDrop: ['users.note'],
  });
  expect(asked).toEqual([
    'users: the table would be dropped, with everything in it. What became of it?\n- it is called members now\n- it may go, with everything in it',
    'users.name: the column would be dropped, with everything in it. What became of it?\n- it is called full_name now\n- it may go, with everything in it',
    'users.note: the column would be dropped, with everything in it. What became of it?\n- it may go, with everything in it',
  ]);
});

it('stops where the person would rather not say', async () => {
  const { ask } = answering(0, undefined);
  await expect(resolveRefusals('user-service', BEFORE, AFTER, NO_DECISIONS, ask)).rejects.toMatchObject({
    code: 'DESTRUCTIVE_CHANGE',
    message: [
      'user-service: nothing was written, because this would be lost without having been told to go.',
      'users.name: the column would be dropped, with everything in it.',
      '  --rename users.name:full_name  it was renamed',
      '  --allow-drop users.name        drop it',
      'users.note: the column would be dropped, with everything in it.',
      '  --rename users.note:full_name  it was renamed',
      '  --allow-drop users.note        drop it',
    ].join('\n'),
  });
});

it('asks nobody when nobody is there', async () => {
  await expect(resolveRefusals('user-service', BEFORE, AFTER, NO_DECISIONS)).rejects.toMatchObject({
    code: 'DESTRUCTIVE_CHANGE',
    message: expect.stringContaining('  --rename-table users:members  it was renamed'),
  });
});
