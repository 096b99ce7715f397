import { linePath } from './draw';

it('breaks the line where there is no point', () => {
  expect(linePath([[0, 1], [1, 2], undefined, [3.25, 4]])).toBe('M0.0 1.0L1.0 2.0M3.3 4.0');
  expect(linePath([])).toBe('');
});
