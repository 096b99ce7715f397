import { blockRanges, passesFor, stripeCondition } from './stripes';

it('visits pages with many rows often, with few rows seldom, and a small table once', () => {
  expect(passesFor({ blocks: 10_000, rows: 1_000_000 })).toBe(16);
  expect(passesFor({ blocks: 10_000, rows: 250_000 })).toBe(8);
  expect(passesFor({ blocks: 10_000, rows: 20_000 })).toBe(1);
  expect(passesFor({ blocks: 31, rows: 3_100 })).toBe(1);
  expect(passesFor({ blocks: 10_000, rows: 0 })).toBe(1);
});

it.each([0, 1, 127, 128, 5_000, 16_384, 100_003])(
  'cuts %i blocks into ranges that touch each other',
  (blocks) => {
    const ranges = blockRanges(blocks);
    expect(ranges[0]!.fromBlock).toBe(0);
    expect(ranges.at(-1)!.toBlock).toBe(blocks);
    for (const [index, { fromBlock }] of ranges.entries()) {
      if (index > 0) expect(fromBlock).toBe(ranges[index - 1]!.toBlock);
    }
  },
);

it('takes what is left in the last pass', () => {
  expect(stripeCondition('t', '$3', '$11')).toBe('(get_byte(tidsend(t.ctid), 5) & $11 = $3 OR $3 = $11)');
});
