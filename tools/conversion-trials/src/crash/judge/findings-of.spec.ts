import { findingsOf } from './findings-of';

const CLIENTS = { requests: 10, cutOff: 3, errors: {}, longestStallMs: 250 };
const RUN = { clients: CLIENTS, leftovers: [], shape: new Set(['column users.id uuid']) };
const EXPECTED = { expected: new Set(['column users.id uuid']), stallLimitMs: 250 };

it('finds nothing in a run that kept its promises', () => {
  expect(findingsOf(RUN, EXPECTED)).toEqual([]);
});

it('tells errors and waits', () => {
  const errors = { '42883': { count: 2, first: 'read a user: no function' } };
  expect(findingsOf({ ...RUN, clients: { ...CLIENTS, errors, longestStallMs: 250.6 } }, EXPECTED)).toEqual([
    'clients saw the error 42883 2 times; the first: read a user: no function',
    'a client waited 251 ms beyond recorded lock attempts, and 250 are allowed',
  ]);
});

it('tells what was left behind, and tables that are not as without a kill', () => {
  expect(
    findingsOf({ ...RUN, leftovers: ['an index'], shape: new Set(['column users.id integer']) }, EXPECTED),
  ).toEqual([
    'an index',
    'missing in the end: column users.id uuid',
    'too much in the end: column users.id integer',
  ]);
});
