import { createHash } from 'node:crypto';
import { checked } from '../event-registry';
import { defineIdMaps, MOST_PAIRS_OF_A_MESSAGE, type PackedPairs } from './id-map';

const { filled, made } = defineIdMaps('club-service');

function packed(pairs: string, count: number, map = 'users'): PackedPairs {
  return { map, count, pairs, checksum: createHash('sha256').update(pairs).digest('hex') };
}

it('names what it tells of after the owner', () => {
  expect([filled, made].map(({ subject }) => subject)).toEqual([
    'club-service.id-map.filled.v1',
    'club-service.id-pair.made.v1',
  ]);
  expect(() => defineIdMaps('Club Service')).toThrow(RangeError);
});

it('takes 32 characters of base64 for each pair, up to the most, in a message that fits', () => {
  const two = packed('A'.repeat(63) + '/', 2, 'club.users');
  expect({ ...checked(filled, two) }).toEqual(two);
  const most = packed('z+/9'.repeat(8 * MOST_PAIRS_OF_A_MESSAGE), MOST_PAIRS_OF_A_MESSAGE);
  expect({ ...checked(made, most) }).toEqual(most);
});

it.each([
  ['one character too few', packed('A'.repeat(63), 2), 'pairs breaks isPackedPairs'],
  ['a character that is none of base64', packed('A'.repeat(31) + '-', 1), 'pairs breaks isPackedPairs'],
  ['padding', packed('A'.repeat(30) + '==', 1), 'pairs breaks isPackedPairs'],
  ['a line break behind it', packed('A'.repeat(31) + '\n', 1), 'pairs breaks isPackedPairs'],
  ['no pair', packed('', 0), 'count breaks min'],
  ['half a pair', packed('A'.repeat(48), 1.5), 'count breaks isInt'],
  ['more than the most', packed('A'.repeat(32 * 5_001), 5_001), 'count breaks max'],
  ['no name', packed('A'.repeat(32), 1, ''), 'map breaks isLength'],
  ['a name that no table has', packed('A'.repeat(32), 1, 'u'.repeat(128)), 'map breaks isLength'],
  [
    'another checksum',
    { ...packed('A'.repeat(32), 1), checksum: 'b'.repeat(64) },
    'checksum breaks isChecksumOfPairs',
  ],
  ['pairs that are no text', { ...packed('', 1), pairs: 7 }, 'pairs breaks isPackedPairs'],
])('refuses %s, and does not repeat it', (_what, data, fault) => {
  const check = () => checked(filled, data as PackedPairs);
  expect(check).toThrow(fault);
  expect(check).not.toThrow(/AAAA/);
});
