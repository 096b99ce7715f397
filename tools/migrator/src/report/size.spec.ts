import { size } from './size';

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1.0 kB'],
  [7_600_000, '7.6 MB'],
  [9_960_000, '10 MB'],
  [999_600, '1.0 MB'],
  [3_400_000_000, '3.4 GB'],
  [2e18, '2000000 TB'],
])('writes %d bytes as %s', (bytes, text) => {
  expect(size(bytes)).toBe(text);
});
