import { medianOf, ratioOf } from './medians';
import { caseResult } from './specimen';

const result = caseResult('empty', {
  nx: [{ wallMs: 400 }, { wallMs: 900 }, { wallMs: 500 }],
  typeorm: [{ wallMs: 1_000 }, { wallMs: 1_000 }, { wallMs: 5_000 }],
  floor: [{ wallMs: 10, applyingMs: 8 }],
  'nx-noop': [{ serverMs: 0 }],
});

it('takes the median of what a contender tells', () => {
  expect(medianOf(result, 'nx', 'wallMs')).toBe(500);
  expect(medianOf(result, 'floor', 'applyingMs')).toBe(8);
});

it('has no median of what nobody measured', () => {
  expect(medianOf(result, 'nx', 'applyingMs')).toBeUndefined();
  expect(medianOf(result, 'cli', 'wallMs')).toBeUndefined();
});

it('divides median by median', () => {
  expect(ratioOf(result, 'wallMs', 'typeorm', 'nx')).toBe(2);
});

it('has no ratio without both medians, nor to nothing', () => {
  expect(ratioOf(result, 'wallMs', 'cli', 'nx')).toBeUndefined();
  expect(ratioOf(result, 'applyingMs', 'floor', 'nx')).toBeUndefined();
  expect(ratioOf(result, 'serverMs', 'nx', 'nx-noop')).toBeUndefined();
});
