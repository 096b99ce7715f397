import { matchNames } from './match-names';

const match = (before: Record<string, string>, after: Record<string, string>) => {
  const { names, ...rest } = matchNames(Object.keys(before), before, after);
  return { names: Object.fromEntries(names), ...rest };
};

it('follows ids, whatever the names', () => {
  expect(match({ a: '1', b: '2' }, { b: '1', a: '2' })).toEqual({
    names: { a: 'b', b: 'a' },
    renamed: [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'a' },
    ],
    replaced: [],
    covered: [],
  });
});

it('tells what is gone from what has a successor of its name, and from what somebody else took the name of', () => {
  expect(match({ gone: '1', anew: '2', taken: '3', moved: '4' }, { anew: '5', taken: '4' })).toEqual({
    names: { gone: 'gone', anew: 'anew', moved: 'taken' },
    renamed: [{ from: 'moved', to: 'taken' }],
    replaced: ['anew'],
    covered: ['taken'],
  });
});
