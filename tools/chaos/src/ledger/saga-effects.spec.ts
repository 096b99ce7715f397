import type { Asked } from './entries';
import { historiesOf, type Exchange } from './histories';
import { withSagaEffects, type ToldSaga } from './saga-effects';

const base = {
  kind: 'asked',
  number: 1,
  at: '',
  writer: '',
  action: 'create',
  method: '',
  path: '',
  process: '',
} as const;
const ask = (asked: Partial<Asked> & Pick<Asked, 'subject'>, id?: string): Exchange => ({
  asked: { ...base, ...asked },
  reply: id === undefined ? undefined : { kind: 'answered', number: 1, at: '', status: 202, id },
});

const membership = ask({ subject: 'team-membership', body: { userId: 'u1', teamId: 't1' } }, 'm1');
const transferBody = { playerId: 'u1', fromTeamId: 't1', toTeamId: 't2' };
const transfer = (id?: string) => ask({ subject: 'saga', concerns: 'm1', body: transferBody }, id);
const saga = (state: string): ToldSaga => ({
  ...{ id: 's1', saga: 'transfer-player', state, input: { ...transferBody, at: '2026-11-22T20:00:00Z' } },
  result: { openedMembershipId: 'm2' },
});
const states = (exchanges: Exchange[], sagas: ToldSaga[]) =>
  historiesOf(withSagaEffects(exchanges, sagas)).map(({ id, possible }) => [id, ...possible]);

test.each([
  ['answered', 's1'],
  ['not answered', undefined],
])('has a transfer that finished close one membership and open another (%s)', (_, id) => {
  expect(states([membership, transfer(id)], [saga('finished')])).toEqual([
    ['m1', { userId: 'u1', teamId: 't1', leftAt: '2026-11-22T20:00:00Z' }],
    ['m2', { userId: 'u1', teamId: 't2', joinedAt: '2026-11-22T20:00:00Z', leftAt: null }],
  ]);
});

test('has a transfer that was taken back, or never began, change nothing', () => {
  const before = [['m1', { userId: 'u1', teamId: 't1' }]];
  expect(states([membership, transfer('s1')], [saga('compensated')])).toEqual(before);
  expect(states([membership, transfer()], [])).toEqual(before);
});

test('takes a saga that nobody answered for another one than those that were answered', () => {
  const first = { ...saga('compensated'), id: 's0' };
  const again = [membership, transfer('s0'), transfer()];
  expect(states(again, [first])).toEqual([['m1', { userId: 'u1', teamId: 't1' }]]);
  expect(states(again, [saga('finished'), first])).toHaveLength(2);
});

test('has an erasure that finished delete the user', () => {
  const user = ask({ subject: 'user', body: { lastName: 'Koivu' } }, 'u1');
  const erasure = ask({ subject: 'saga', concerns: 'u1', body: { userId: 'u1' } }, 's1');
  const told = (state: string): ToldSaga => ({
    id: 's1',
    saga: 'erase-user',
    state,
    input: { userId: 'u1' },
  });
  expect(states([user, erasure], [told('finished')])).toEqual([['u1', undefined]]);
  expect(states([user, erasure], [told('compensated')])).toEqual([['u1', { lastName: 'Koivu' }]]);
});
