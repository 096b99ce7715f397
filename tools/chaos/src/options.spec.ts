import { ChaosError } from './errors';
import { readOptions } from './options';

test('takes numbers, as numbers and as text', () => {
  expect(readOptions({ seed: '7', minutes: 0.5, postgres: 15, record: true })).toEqual({
    ...{ seed: 7, durationMs: 30_000, postgresMajor: 15, record: true, keep: false },
  });
});

test('makes up a seed, another one each time', () => {
  expect(readOptions({}).seed).not.toBe(readOptions({}).seed);
  expect(readOptions({})).toMatchObject({ durationMs: 300_000, postgresMajor: 18, record: false });
});

test('tells all that is wrong at once, and what would be right', () => {
  const read = () => readOptions({ seed: -1, minutes: 'long', postgres: 9 });
  expect(read).toThrow(ChaosError);
  expect(read).toThrow(
    '--seed is -1: give a whole number from 0 to 4294967295, or leave it out for a new one\n' +
      '--minutes is "long": give a number from 0.25 to 1440; 22 have more than 500 faults\n' +
      '--postgres is 9: give one of 15, 18',
  );
});
