import { Health } from './health';
import type { Signs } from './signs';

const WELL: Signs = {
  isPaused: false,
  targetBatchMs: 10,
  replicationLagBytes: 0,
  walBytes: 0,
  checkpointBytes: 1_000_000_000,
  vacuum: null,
  longestWaitMs: 0,
};

const against = (health: Health, signs: Partial<Signs>, nowMs = 0) => [
  ...health.judge({ ...WELL, ...signs }, nowMs).against.values(),
];

it('has nothing against a server that is well', () => {
  expect(against(new Health(), {})).toEqual([]);
});

it('stops for a pause, and for a standby that is far behind', () => {
  expect(against(new Health(), { isPaused: true, replicationLagBytes: 300 * 2 ** 20 })).toEqual([
    'paused by command',
    'a standby is 300 MB behind',
  ]);
});

it('stops when so much is written that checkpoints would follow each other', () => {
  const health = new Health();
  expect(against(health, { walBytes: 0 }, 0)).toEqual([]);
  expect(against(health, { walBytes: 90_000_000 }, 1_000)).toEqual([]);
  expect(against(health, { walBytes: 290_000_000 }, 2_000)).toEqual([
    '191 MB of WAL a second would force a checkpoint every 5 s: raise max_wal_size',
  ]);
});

it('lets a vacuum of the table go first, for a while', () => {
  const health = new Health();
  expect(against(health, { vacuum: 7 }, 0)).toEqual(['the table is being vacuumed (process 7)']);
  expect(against(health, { vacuum: 7 }, 2_000)).toEqual([]);
  expect(against(health, { vacuum: 8 }, 2_100)).toEqual(['the table is being vacuumed (process 8)']);
});

it('makes batches shorter while clients wait for them, and longer again slowly', () => {
  const health = new Health();
  expect(health.judge({ ...WELL, longestWaitMs: 15 }, 0).targetBatchMs).toBe(5);
  expect(health.judge({ ...WELL, longestWaitMs: 15 }, 250).targetBatchMs).toBe(2.5);
  expect(health.judge(WELL, 500).targetBatchMs).toBeCloseTo(2.75);
  for (let look = 0; look < 30; look++) health.judge(WELL, 1_000 + look);
  expect(health.judge(WELL, 2_000).targetBatchMs).toBe(10);
});
