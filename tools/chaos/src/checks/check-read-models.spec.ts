import { checkReadModel } from './check-read-models';
import type { ReadModelEvidence } from './evidence';

const values = { name: 'Lions', is_active: true, ended_at: null };
const counters = new Map([['t1', { aggregate: 'team', aggregateId: 't1', lastSequence: 2 }]]);

function model(changes: Partial<ReadModelEvidence> = {}): ReadModelEvidence {
  return {
    ...{ listener: 'training-service', table: 'known_teams', owner: 'user-service', ownerTable: 'teams' },
    columns: ['name', 'is_active', 'ended_at'],
    rows: [{ id: 't1', values, isDeleted: false, sequence: 2 }],
    ownerRows: [{ id: 't1', values }],
    ...changes,
  };
}

test('finds nothing between equal rows, nor a row that both know to be gone', () => {
  expect(checkReadModel(model(), counters)).toEqual([]);
  const gone = { ownerRows: [], rows: [{ id: 't1', values, isDeleted: true, sequence: 2 }] };
  expect(checkReadModel(model(gone), counters)).toEqual([]);
  const buried = { ownerRows: [], rows: [{ ...gone.rows[0]!, sequence: Number.MAX_SAFE_INTEGER }] };
  expect(checkReadModel(model(buried), counters)).toEqual([]);
});

test.each<[string, Partial<ReadModelEvidence>, string]>([
  [
    'a column that differs',
    { ownerRows: [{ id: 't1', values: { ...values, name: 'Bears' } }] },
    `"name" is "Lions", and the owner's is "Bears"`,
  ],
  [
    'a moment that was lost',
    { ownerRows: [{ id: 't1', values: { ...values, ended_at: new Date(0) } }] },
    `"ended_at" is null, and the owner's is "1970-01-01T00:00:00.000Z"`,
  ],
  ['a row that is missing', { rows: [] }, 'the owner has the row, and the read model does not'],
  ['a row too many', { ownerRows: [] }, 'the owner has no such row'],
  [
    'a tombstone too many',
    { rows: [{ id: 't1', values, isDeleted: true, sequence: 2 }] },
    'the read model says that it was deleted',
  ],
  [
    'an older state',
    { rows: [{ id: 't1', values, isDeleted: false, sequence: 1 }] },
    "the row is of event 1, and the owner's newest is 2",
  ],
])('finds %s', (_, changes, detail) => {
  expect(checkReadModel(model(changes), counters)).toEqual([
    {
      promise: 'read-models',
      about: 'training-service.known_teams of user-service.teams, t1',
      detail: expect.stringContaining(detail) as string,
    },
  ]);
});
