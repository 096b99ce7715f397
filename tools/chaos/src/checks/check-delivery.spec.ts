import { checkDelivery } from './check-delivery';
import { checkLeftovers } from './check-leftovers';
import { checkOnceInOrder } from './check-once-in-order';
import type { ProcessedStep, ServiceEvidence, StoredStep, WrittenEvent } from './evidence';

const TEAM = { aggregate: 'team', aggregateId: 't1' };
const written = (sequence: number): WrittenEvent => ({ ...TEAM, sequence, awaiting: ['training-service'] });
const step = (before: number, after = before + 1): ProcessedStep => ({
  ...{ source: 'user-service', ...TEAM, before, after },
  transactionId: String(100 + after),
});
const store = (after: number, before?: number, transactionId = String(100 + after)): StoredStep => ({
  ...{ table: 'known_teams', id: 't1', before, after, transactionId },
});

/** Three events of one team, written, processed and stored as they should be. */
function platform(): { owner: Mutable; listener: Mutable; services: ServiceEvidence[] } {
  const empty = { written: [], processed: [], stored: [], counters: [], inboxCounters: [], deadLetters: [] };
  const owner: Mutable = {
    ...{ service: 'user-service', ...empty, outboxRows: 0, inboxRows: 0 },
    written: [written(1), written(2), written(3)],
    counters: [{ ...TEAM, lastSequence: 3 }],
  };
  const listener: Mutable = {
    ...{ service: 'training-service', ...empty, outboxRows: 0, inboxRows: 0 },
    processed: [step(0), step(1), step(2)],
    stored: [store(1), store(2, 1), store(3, 2)],
    inboxCounters: [{ source: 'user-service', ...TEAM, lastSequence: 3 }],
  };
  return { owner, listener, services: [owner, listener] };
}
type Mutable = { -readonly [Key in keyof ServiceEvidence]: ServiceEvidence[Key] };

const checkAll = (services: ServiceEvidence[]) => [
  ...checkDelivery(services),
  ...checkOnceInOrder(services),
  ...checkLeftovers(services),
];

test('finds nothing where nothing is wrong', () => {
  const { services } = platform();
  expect(checkAll(services)).toEqual([]);
});

test('finds nothing in events that were processed together, nor where there is no read model', () => {
  const { services, listener } = platform();
  listener.processed = [step(0), step(1, 3)];
  listener.stored = [store(1), store(2, 1, '103'), store(3, 2)];
  expect(checkAll(services)).toEqual([]);
  listener.stored = [];
  expect(checkAll(services)).toEqual([]);
});

test('finds an event that never arrived', () => {
  const { services, listener } = platform();
  listener.processed = [step(0), step(1)];
  listener.inboxCounters = [{ source: 'user-service', ...TEAM, lastSequence: 2 }];
  expect(checkDelivery(services)).toEqual([
    {
      promise: 'nothing-lost',
      about: 'user-service to training-service, team t1',
      detail: 'the owner wrote 3 event(s) and the listener processed up to 2: 0>1, 1>2',
    },
  ]);
});

test('finds a listener whose counter says more than it did', () => {
  const { services, listener } = platform();
  listener.processed = [step(0), step(2)];
  expect(checkDelivery(services)).toMatchObject([{ promise: 'nothing-lost' }]);
});

test('finds a listener that has heard nothing at all', () => {
  const { services, listener } = platform();
  listener.processed = listener.inboxCounters = [];
  expect(checkDelivery(services)).toMatchObject([{ detail: expect.stringContaining('up to 0: no step') }]);
});

test('finds an event that was not written, and one that was written twice', () => {
  const { services, owner } = platform();
  owner.written = [written(1), written(3)];
  expect(checkDelivery(services)).toMatchObject([{ detail: expect.stringContaining('and are 1, 3') }]);
  owner.written = [written(1), written(2), written(2), written(3)];
  expect(checkDelivery(services)).toMatchObject([{ detail: expect.stringContaining('and are 1, 2, 2, 3') }]);
});

test('finds what no owner ever wrote, unless the test itself did', () => {
  const { services, listener } = platform();
  listener.inboxCounters = [
    ...listener.inboxCounters,
    { source: 'user-service', aggregate: 'team', aggregateId: 'ghost', lastSequence: 1 },
  ];
  expect(checkDelivery(services)).toMatchObject([{ about: 'user-service to training-service, team ghost' }]);
  expect(checkDelivery(services, new Set(['ghost']))).toEqual([]);
});

test('finds an event that was processed twice', () => {
  const { services, listener } = platform();
  listener.processed = [step(0), step(1), step(1), step(2)];
  expect(checkOnceInOrder(services)).toMatchObject([
    {
      promise: 'nothing-twice',
      about: 'training-service, user-service team t1',
      detail: 'step 3 does not go on where the one before ended: 0>1, 1>2, 1>2, 2>3',
    },
  ]);
});

test('finds an effect that came twice though it was recorded once', () => {
  const { services, listener } = platform();
  listener.stored = [...listener.stored, store(3, 3)];
  expect(checkOnceInOrder(services)).toMatchObject([
    { detail: 'its events 3 to 3 were processed, and the read model was written with the news of 3, 3' },
  ]);
});

test('finds an effect whose transaction did not record it', () => {
  const { services, listener } = platform();
  listener.stored = [...listener.stored, store(3, 3, '999')];
  expect(checkOnceInOrder(services)).toMatchObject([
    { about: 'training-service, known_teams t1', detail: expect.stringContaining('recorded no event') },
  ]);
});

test('finds an event that was passed over, also one that a newer state made up for', () => {
  const { services, listener } = platform();
  listener.processed = [step(0), step(1, 3)];
  listener.stored = [store(1), store(3, 1)];
  expect(checkOnceInOrder(services)).toMatchObject([
    { detail: 'its events 2 to 3 were processed, and the read model was written with the news of 3' },
  ]);
  listener.processed = [step(0), step(1), step(2)];
  expect(checkOnceInOrder(services)).toMatchObject([
    { detail: 'its events 2 to 2 were processed, and the read model was written with the news of none' },
  ]);
});

test('lets a row that was buried take no news, and still finds one that takes them twice', () => {
  const { services, listener } = platform();
  const burial = store(Number.MAX_SAFE_INTEGER, 2, 'erasure');
  listener.stored = [store(1), store(2, 1), burial];
  expect(checkOnceInOrder(services)).toEqual([]);
  listener.stored = [store(1), store(2, 1), store(2, 2, '102'), burial];
  expect(checkOnceInOrder(services)).toMatchObject([{ detail: expect.stringContaining('the news of 2, 2') }]);
});

test('leaves an id without a row to the comparison of the read models', () => {
  const { services, listener } = platform();
  listener.processed = [...listener.processed, { ...step(0), aggregateId: 'ghost', transactionId: '7' }];
  expect(checkOnceInOrder(services)).toEqual([]);
});

test('finds two events that changed places', () => {
  const { services, listener } = platform();
  listener.processed = [step(1), step(0), step(2)];
  expect(checkOnceInOrder(services)).toMatchObject([{ detail: expect.stringContaining('step 1 does not') }]);
  listener.processed = [step(0), step(1, 3)];
  listener.stored = [store(1), store(3, 1), store(2, 3, '103')];
  expect(checkOnceInOrder(services)).toMatchObject([{ detail: expect.stringContaining('the news of 3, 2') }]);
});

test('finds what is left over, and dead letters that nobody provoked', () => {
  const { services, owner, listener } = platform();
  owner.outboxRows = 2;
  listener.inboxRows = 1;
  const letter = {
    id: 'd1',
    subject: 'user-service.team.created.v1',
    code: 'EVENT_MALFORMED',
    error: 'no JSON',
  };
  listener.deadLetters = [
    { ...letter, message: 'provoked' },
    { ...letter, id: 'd2', message: 'other' },
  ];
  expect(checkLeftovers(services, new Set(['provoked'])).map(({ about }) => about)).toEqual([
    'user-service',
    'training-service',
    'training-service, dead letter d2',
  ]);
});
