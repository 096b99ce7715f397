import { untilNothing } from './until';

const answers =
  (...missing: string[][]) =>
  async () =>
    missing.length > 1 ? missing.shift()! : missing[0]!;
const never = new AbortController().signal;

test('asks until nothing is missing twice in a row', async () => {
  const question = jest.fn(answers(['a'], [], ['b'], [], []));
  expect(await untilNothing(question, 10_000, never)).toEqual([]);
  expect(question).toHaveBeenCalledTimes(5);
});

test('tells what was missing when the time is over, or the run is broken off', async () => {
  expect(await untilNothing(answers(['a']), 300, never)).toEqual(['a']);
  expect(await untilNothing(answers(['a']), 60_000, AbortSignal.abort())).toEqual(['a']);
});
