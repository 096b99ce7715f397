import { duration, table } from './table';

it.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [999.6, '1.0 s'],
  [1_000, '1.0 s'],
  [59_900, '59.9 s'],
  [59_990, '1 min 0 s'],
  [60_000, '1 min 0 s'],
  [119_700, '2 min 0 s'],
  [125_000, '2 min 5 s'],
])('shows %d ms as %s', (ms, shown) => {
  expect(duration(ms)).toBe(shown);
});

it('lines columns up, with two spaces between and none at the end', () => {
  expect(
    table(
      ['service', 'n'],
      [
        ['user-service', '1'],
        ['a', '10'],
      ],
    ),
  ).toBe(['service       n', 'user-service  1', 'a             10'].join('\n'));
});

it('shows a cell of several lines below itself', () => {
  expect(table(['a', 'b'], [['x', '1\n2']])).toBe(['a  b', 'x  1', '   2'].join('\n'));
});
