import { expectPairs } from './expect-pairs';
import { countOf } from './tally';

// The pairs are shared among three files, so that Jest's workers share the work; this one tries TypeORM's too.
it('keeps every value there and back, where TypeORM loses some: pairs 1 to 60', async () => {
  const { pairs, ours, typeormPairs, typeorm } = await expectPairs(
    { first: 1, pairs: 60 },
    { sideBySide: true },
  );
  expect(countOf(ours, 'applied')).toBeGreaterThan(0.75 * pairs);
  expect(countOf(typeorm, 'applied')).toBeLessThan(0.75 * typeormPairs);
}, 600_000);
