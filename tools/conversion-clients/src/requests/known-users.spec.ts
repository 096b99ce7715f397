import { RandomSource } from '@hockey-hub/seeded-random';
import { KnownUsers } from './known-users';

const random = new RandomSource(1);

it('knows nobody at first', () => {
  const users = new KnownUsers();
  expect(users.pick(random)).toBeUndefined();
  expect(users.pickSeveral(3, random)).toEqual([]);
});

it('picks among all that it knows, and forgets whom it knows longest', () => {
  const users = new KnownUsers();
  for (let id = 0; id < 50_001; id++) users.add(String(id));
  const picked = new Set(users.pickSeveral(400_000, random));
  expect(picked.has('0')).toBe(false);
  expect(picked.has('50000')).toBe(true);
});
