import { READS } from './reads';
import { TRAINING_WRITES } from './training-writes';
import { USER_WRITES } from './user-writes';
import { RandomSource } from '@hockey-hub/seeded-random';
import { KnownUsers } from './known-users';
import type { RequestContext } from './request';

const ALL = [...READS, ...USER_WRITES, ...TRAINING_WRITES];
const weightOf = (requests: readonly { weight: number }[]) =>
  requests.reduce((sum, { weight }) => sum + weight, 0);

const context = (over: Partial<RequestContext> = {}): RequestContext => ({
  ids: 'number',
  random: new RandomSource(1),
  users: new KnownUsers(),
  rows: { sessions: [{ id: 4, token: 'token-4' }], workouts: ['a workout'], assignments: ['an assignment'] },
  unique: () => 'unique',
  ...over,
});

it('is half reads and half writes', () => {
  expect(weightOf(READS)).toBe(weightOf([...USER_WRITES, ...TRAINING_WRITES]));
});

it('asks only to create users as long as none is known', () => {
  const possible = ALL.filter((request) => request.compose(context()) !== undefined);
  expect(possible.map(({ name }) => name)).toEqual(['create a user']);
});

it('asks everything about a user that is known, and says what it writes', () => {
  const users = new KnownUsers();
  users.add('7');
  const statements = ALL.map((request) => request.compose(context({ users }))!);
  expect(
    statements.map(({ writes }) => writes && [writes.table, writes.references, writes.isUpdate]),
  ).toEqual([
    undefined,
    undefined,
    undefined,
    ['users', [], false],
    undefined,
    ['sessions', ['7'], false],
    ['sessions', ['7'], true],
    ['workout_assignments', ['7'], false],
    ['workout_assignments', ['7'], true],
    ['player_workout_loads', ['7'], false],
    ['workout_sessions', ['7', '7', '7', '7', '7'], false],
    ['notes', ['7'], false],
  ]);
});

it('writes documents with the ids as they are: numbers as numbers, UUIDs as text, whatever the client was used to', () => {
  const uuid = '01a20a45-17ec-7d89-a538-0c50c282be3f';
  const documentWith = (id: string) => {
    const users = new KnownUsers();
    users.add(id);
    const plan = TRAINING_WRITES.find(({ name }) => name === 'plan a workout')!;
    return plan.compose(context({ ids: 'number', users }))!.values[4];
  };
  expect(documentWith('7')).toBe('{"coachIds":[7]}');
  expect(documentWith('-7')).toBe('{"coachIds":[-7]}');
  expect(documentWith(uuid)).toBe(`{"coachIds":["${uuid}"]}`);
});
