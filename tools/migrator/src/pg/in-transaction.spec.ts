import { inTransaction } from './in-transaction';

const control = (told: string[], failing: readonly string[] = []) => {
  const tell = (word: string) => () => {
    told.push(word);
    return failing.includes(word) ? Promise.reject(new Error(`no ${word}`)) : Promise.resolve();
  };
  return { begin: tell('begin'), commit: tell('commit'), rollBack: tell('roll back') };
};

it('commits what its work did, and gives its result', async () => {
  const told: string[] = [];
  expect(await inTransaction(control(told), () => Promise.resolve(7))).toBe(7);
  expect(told).toEqual(['begin', 'commit']);
});

it.each([
  ['its work', () => Promise.reject(new Error('no work')), [], 'no work'],
  ['its commit', () => Promise.resolve(), ['commit'], 'no commit'],
  [
    'its work, in a session that is lost',
    () => Promise.reject(new Error('no work')),
    ['roll back'],
    'no work',
  ],
] as const)('rolls back when %s fails, and tells of that', async (_what, work, failing, message) => {
  const told: string[] = [];
  await expect(inTransaction(control(told, failing), work)).rejects.toThrow(message);
  expect(told.at(-1)).toBe('roll back');
});
