import { findingsOf } from './findings-of';

const CLIENTS = {
  requests: 10,
  cutOff: 3,
  errors: {},
  longestStall: { ms: 250, request: 'read a user', fromMs: 5_000 },
};
const RUN = { clients: CLIENTS, leftovers: [], shape: new Set(['column users.id uuid']) };
const EXPECTED = { expected: new Set(['column users.id uuid']), stallLimitMs: 250, kills: [] };

it('finds nothing in a run that kept its promises', () => {
  expect(findingsOf(RUN, EXPECTED)).toEqual([]);
});

it('tells errors and waits', () => {
  const errors = { '42883': { count: 2, first: 'read a user: no function' } };
  const longestStall = { ms: 250.6, request: 'read a user', fromMs: 5_000 };
  const clients = { ...CLIENTS, errors, longestStall };
  const kill = { run: 1, phase: 'SwitchPrimaryKeys', kind: 'postgres', where: 'after 800 ms' } as const;
  const kills = [
    { ...kill, outcome: 'killed', atMs: 3_500 },
    { ...kill, outcome: 'too late', atMs: 4_000 },
    { ...kill, outcome: 'killed', atMs: 6_000 },
  ] as const;
  expect(findingsOf({ ...RUN, clients }, { ...EXPECTED, kills })).toEqual([
    'clients saw the error 42883 2 times; the first: read a user: no function',
    'a client waited 251 ms beyond recorded lock attempts ("read a user", 1.5 s after a kill in SwitchPrimaryKeys (after 800 ms)), and 250 are allowed',
  ]);
  expect(findingsOf({ ...RUN, clients: { ...CLIENTS, longestStall } }, EXPECTED)).toEqual([
    'a client waited 251 ms beyond recorded lock attempts ("read a user", before anything was killed), and 250 are allowed',
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
