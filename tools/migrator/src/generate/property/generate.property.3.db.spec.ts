import { expectPairs } from './expect-pairs';
import { countOf } from './tally';

it('keeps every value there and back: pairs 181 to 300', async () => {
  const { ours, pairs } = await expectPairs({ first: 181, pairs: 120 });
  expect(countOf(ours, 'applied')).toBeGreaterThan(0.75 * pairs);
}, 600_000);
