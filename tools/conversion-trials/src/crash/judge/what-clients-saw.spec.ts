import { logOf, type SpecimenRequest } from '@hockey-hub/conversion-clients/src/analysis/specimen-log';
import { whatClientsSaw } from './what-clients-saw';

const outage = { fromMs: 1_000, toMs: 3_000 };
const saw = (...requests: SpecimenRequest[]) =>
  whatClientsSaw({
    logs: [logOf(...requests)],
    locksAndArrivals: [{ fromMs: 5_000, toMs: 5_040 }],
    outages: [outage],
  });

it('takes a connection that is lost while the server is away for no error', () => {
  const { cutOff, errors } = saw(
    { at: 990, took: 20, code: 'ECONNRESET' },
    { at: 2_000, took: 1, code: 'ECONNREFUSED' },
    { at: 2_990, took: 30, code: '57P03' },
  );
  expect([cutOff, errors]).toEqual([3, {}]);
});

it('takes the same for an error when the server was there', () => {
  expect(saw({ at: 900, took: 20, code: 'ECONNRESET' }).errors).toEqual({
    ECONNRESET: { count: 1, first: 'read a user: refused' },
  });
  expect(saw({ at: 3_600, took: 20, code: '57P01' }).errors).toHaveProperty('57P01');
});

it('excuses nothing but lost connections', () => {
  expect(saw({ at: 2_000, took: 20, code: '23514' }).errors).toHaveProperty('23514');
});

it('judges waits outside of locks and absences alone', () => {
  expect(saw({ at: 900, took: 2_300 }, { at: 100, took: 250 }).longestStall).toEqual({
    ...{ ms: 300, request: 'read a user', fromMs: 900 },
  });
  expect(saw({ at: 4_990, took: 70 }).longestStall?.ms).toBe(30);
  expect(saw().longestStall).toBeUndefined();
});
