import { fateOf } from './fate-of';

const event = { aggregateId: 'a', sequence: 5, publishes: 1, ageMs: 20_000 };
const answer = { upTo: [], pending: [], backlog: 0 };

test.each([
  ['processed', { ...answer, upTo: [['a', 5] as [string, number]] }, 'done'],
  ['processed, and more', { ...answer, upTo: [['a', 9] as [string, number]] }, 'done'],
  [
    'waiting for its turn',
    { ...answer, upTo: [['a', 3] as [string, number]], pending: [['a', 5] as [string, number]] },
    'underway',
  ],
  ['never heard of, and nothing is on its way', answer, 'lost'],
  ['another one was processed', { ...answer, upTo: [['b', 9] as [string, number]] }, 'lost'],
  ['a later one came first', { ...answer, backlog: 7, pending: [['a', 6] as [string, number]] }, 'lost'],
  ['not yet, and much is on its way', { ...answer, backlog: 7 }, 'underway'],
  ['nobody knows what is on its way', { ...answer, backlog: null }, 'underway'],
])('%s', (_what, given, fate) => expect(fateOf(event, given)).toBe(fate));

test('is given up after a while, also when much is on its way; each time after a longer while', () => {
  const behind = { ...answer, backlog: 7 };
  expect(fateOf({ ...event, publishes: 1, ageMs: 121_000 }, behind)).toBe('lost');
  expect(fateOf({ ...event, publishes: 2, ageMs: 121_000 }, behind)).toBe('underway');
});
