import fc from 'fast-check';
import { backoffMs } from './backoff';

it('stays between half of a ceiling and the ceiling, which doubles with each attempt up to the maximum', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100 }),
      fc.integer({ min: 1, max: 60_000 }),
      (attempt, maximumMs) => {
        const ceiling = Math.min(maximumMs, 100 * 2 ** attempt);
        const pauseMs = backoffMs(attempt, maximumMs);
        expect(Number.isInteger(pauseMs)).toBe(true);
        expect(pauseMs).toBeGreaterThanOrEqual(Math.floor(ceiling / 2));
        expect(pauseMs).toBeLessThanOrEqual(ceiling);
      },
    ),
  );
});

it('waits two seconds at most when nothing is said', () => {
  for (let attempt = 1; attempt <= 30; attempt++) expect(backoffMs(attempt)).toBeLessThanOrEqual(2_000);
});

it('sends twenty that failed together back at different moments', () => {
  const pauses = new Set(Array.from({ length: 20 }, () => backoffMs(10)));
  expect(pauses.size).toBeGreaterThan(10);
});
