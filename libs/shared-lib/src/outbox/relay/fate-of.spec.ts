import { fateOf } from './fate-of';

const event = { aggregateId: 'a', sequence: 5, publishes: 1, ageMs: 20_000 };
const unheard = { upTo: 0, isWaiting: false, lastWaiting: 0 };

test.each([
  ['processed', { ...unheard, upTo: 5 }, 0, 'done'],
  ['processed, and more', { ...unheard, upTo: 9 }, 0, 'done'],
  ['waiting for its turn', { upTo: 3, isWaiting: true, lastWaiting: 5 }, 0, 'underway'],
  ['waiting for its turn before others', { upTo: 3, isWaiting: true, lastWaiting: 9 }, 0, 'underway'],
  ['never heard of, and nothing is on its way', unheard, 0, 'lost'],
  ['an earlier one waits, and nothing is on its way', { ...unheard, lastWaiting: 4 }, 0, 'lost'],
  ['an earlier one waits, and much is on its way', { ...unheard, lastWaiting: 4 }, 7, 'underway'],
  ['a later one came first', { ...unheard, lastWaiting: 6 }, 7, 'lost'],
  ['not yet, and much is on its way', unheard, 7, 'underway'],
  ['nobody knows what is on its way', unheard, null, 'underway'],
])('%s', (_what, state, backlog, fate) => expect(fateOf(event, state, backlog)).toBe(fate));

test('is given up after a while, also when much is on its way; each time after a longer while', () => {
  expect(fateOf({ ...event, publishes: 1, ageMs: 121_000 }, unheard, 7)).toBe('lost');
  expect(fateOf({ ...event, publishes: 2, ageMs: 121_000 }, unheard, 7)).toBe('underway');
});
