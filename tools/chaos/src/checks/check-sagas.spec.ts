import type { Exchange } from '../ledger/histories';
import type { ToldSaga } from '../ledger/saga-effects';
import { checkSagas, type SagaEvidence } from './check-sagas';
import type { ShownRow } from './check-writes';

const erasure: ToldSaga = { id: 's1', saga: 'erase-user', state: 'finished', input: { userId: 'u1' } };
const exchange = (status?: number, id?: string): Exchange => ({
  asked: {
    ...{ kind: 'asked', number: 7, at: '', writer: '', action: 'create', subject: 'saga', method: 'POST' },
    ...{ path: '/user-erasures', process: '', body: { userId: 'u1' } },
  },
  reply:
    status === undefined ? undefined : { kind: 'answered', number: 7, at: '', status, ...(id && { id }) },
});
const evidence = (changes: Partial<SagaEvidence> = {}): SagaEvidence => ({
  ...{ exchanges: [exchange(202, 's1')], sagas: [erasure], shown: new Map(), readModels: [] },
  ...changes,
});
const details = (changes: Partial<SagaEvidence>) => checkSagas(evidence(changes)).map(({ detail }) => detail);

test('finds nothing in a saga that was asked for and is over, also when the answer was lost', () => {
  expect(checkSagas(evidence())).toEqual([]);
  expect(checkSagas(evidence({ exchanges: [exchange()] }))).toEqual([]);
  expect(checkSagas(evidence({ exchanges: [exchange()], sagas: [] }))).toEqual([]);
  expect(checkSagas(evidence({ sagas: [{ ...erasure, state: 'compensated' }] }))).toEqual([]);
});

test('finds a saga that was accepted and is lost', () => {
  expect(details({ sagas: [] })).toEqual(['/user-erasures was accepted, and there is no such saga']);
});

test('finds a saga that nobody asked for, and one that was refused', () => {
  expect(details({ exchanges: [] })).toEqual(['nobody asked for it, or it was refused']);
  expect(details({ exchanges: [exchange(422)] })).toEqual(['nobody asked for it, or it was refused']);
});

test.each(['running', 'compensating', 'stuck'])('finds a saga that is %s', (state) => {
  const saga = { ...erasure, state, problem: { message: 'COMPENSATION_REFUSED' } };
  expect(details({ sagas: [saga] })).toEqual([`it is ${state}: COMPENSATION_REFUSED`]);
});

test('finds what still names somebody who was erased', () => {
  const session: ShownRow = { id: 'w1', createdBy: 'u1' };
  const model = {
    ...{ listener: 'training-service', owner: 'user-service', columns: [], ownerRows: [] },
    ...{ isDeleted: true, sequence: 1 },
  };
  const row = { id: 'm1', isDeleted: true, sequence: 1, values: { id: 'm1', user_id: 'u1' } };
  const tombstone = { id: 'u1', isDeleted: true, sequence: 1, values: { id: 'u1', first_name: null } };
  expect(
    details({
      shown: new Map([['workout-session', [session]]]),
      readModels: [
        { ...model, table: 'known_team_memberships', ownerTable: 'team_memberships', rows: [row] },
        { ...model, table: 'known_users', ownerTable: 'users', rows: [tombstone] },
      ],
    }),
  ).toEqual(['its createdBy is still u1, who was erased', 'its user_id is still u1, who was erased']);
});
