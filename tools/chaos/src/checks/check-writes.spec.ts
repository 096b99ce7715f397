import type { Answered, Asked, NotArrived } from '../ledger/entries';
import { historiesOf, type Exchange } from '../ledger/histories';
import { checkWrites, type ShownRow } from './check-writes';

let number = 0;
const base = {
  kind: 'asked',
  at: '',
  writer: 'a',
  subject: 'team',
  method: '',
  path: '',
  process: '',
} as const;

function request(
  asked: Pick<Asked, 'action'> & Partial<Asked>,
  status: number | 'silence',
  id?: string,
): Exchange {
  const reply: Answered | NotArrived =
    status === 'silence'
      ? { kind: 'silence', number: ++number, at: '', reason: 'timeout' }
      : { kind: 'answered', number: ++number, at: '', status, ...(id !== undefined && { id }) };
  return { asked: { ...base, number, ...asked }, reply };
}
const create = (name: string, status: number | 'silence', id?: string) =>
  request({ action: 'create', mark: ['name', name], body: { name, password: 'secret' } }, status, id);
const check = (exchanges: Exchange[], rows: ShownRow[]) =>
  checkWrites(historiesOf(exchanges), new Map([['team', rows]]));

test('finds nothing where the rows are as they were acknowledged', () => {
  const exchanges = [
    create('Lions', 201, 't1'),
    request({ action: 'change', id: 't1', body: { since: '2026-01-01T00:00:00Z', note: null } }, 200),
    create('Moose', 409),
    create('Bears', 201, 't2'),
    request({ action: 'delete', id: 't2' }, 204),
  ];
  const row = { id: 't1', name: 'Lions', since: '2026-01-01T00:00:00.000Z', note: null };
  expect(check(exchanges, [row])).toEqual({ findings: [], settled: { carriedOut: 0, notCarriedOut: 0 } });
});

test('settles what nobody answered by what is there', () => {
  const exchanges = [
    create('Lions', 'silence'),
    create('Bears', 'silence'),
    create('Moose', 201, 't3'),
    request({ action: 'change', id: 't3', body: { name: 'Elks' } }, 503),
  ];
  const rows = [
    { id: 't1', name: 'Lions' },
    { id: 't3', name: 'Elks' },
  ];
  expect(check(exchanges, rows)).toEqual({ findings: [], settled: { carriedOut: 2, notCarriedOut: 1 } });
});

test.each<[string, Exchange[], ShownRow[], string]>([
  ['a row that was acknowledged and is lost', [create('Lions', 201, 't1')], [], 'and is not there'],
  [
    'a change that was acknowledged and is lost',
    [create('Lions', 201, 't1'), request({ action: 'change', id: 't1', body: { name: 'Bears' } }, 200)],
    [{ id: 't1', name: 'Lions' }],
    'it should be {"name":"Bears","password":"secret"}, and is {"id":"t1","name":"Lions"}',
  ],
  [
    'a row that was deleted and is there',
    [create('Lions', 201, 't1'), request({ action: 'delete', id: 't1' }, 204)],
    [{ id: 't1', name: 'Lions' }],
    'it should be not there',
  ],
  [
    'a state that an unanswered change cannot have led to',
    [create('Lions', 201, 't1'), request({ action: 'change', id: 't1', body: { name: 'Bears' } }, 'silence')],
    [{ id: 't1', name: 'Moose' }],
    'it should be {"name":"Lions","password":"secret"} or {"name":"Bears","password":"secret"}',
  ],
  [
    'a row that was refused and is there',
    [create('Lions', 409)],
    [{ id: 't1', name: 'Lions' }],
    'should be not there',
  ],
])('finds %s', (_, exchanges, rows, detail) => {
  const { findings } = check(exchanges, rows);
  expect(findings).toMatchObject([
    { promise: 'acknowledged-writes', detail: expect.stringContaining(detail) },
  ]);
});

test('finds a row that nobody asked for, and one that was made twice', () => {
  const { findings } = check(
    [create('Lions', 'silence')],
    [
      { id: 't1', name: 'Lions' },
      { id: 't2', name: 'Lions' },
      { id: 't3', name: 'Foxes' },
    ],
  );
  expect(findings.map(({ about }) => about)).toEqual(['team t2', 'team t3']);
});
