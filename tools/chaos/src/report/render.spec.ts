import type { ChaosReport } from './report';
import { renderForTerminal, renderMarkdown } from './render';

const report: ChaosReport = {
  ...{ seed: 7, minutes: 22, startedAt: '2026-11-22T20:00:00.000Z', machine: '2 cores' },
  faults: [
    { name: 'cut', title: 'connections are cut', count: 3, medianRecoveryMs: 900, longestRecoveryMs: 61_000 },
    { name: 'stall', title: 'bytes are held up', count: 0 },
  ],
  writes: { done: 10, refused: 2, 'not-sent': 1, unknown: 3, carriedOut: 2, notCarriedOut: 1 },
  events: {
    written: 9,
    processed: 8,
    redelivered: 4,
    reordered: 5,
    lostWithStore: 6,

    deadLettersProvoked: 2,
    deadLetters: 1,
  },
  sagas: { 'erase-user: finished': 5 },
  failedStarts: 0,
  quietAfterMs: 1_200,
  findings: [],
};
const broken: ChaosReport = {
  ...report,
  findings: [{ promise: 'nothing-lost', about: 'team t1', detail: 'it never arrived' }],
};

test('says that every promise was kept, under how many faults and with which seed', () => {
  const text = renderForTerminal(report);
  expect(text).toContain('Every promise was kept under 3 faults (seed 7).');
  expect(text).toMatch(/every event arrived at every subscriber +kept\n/);
  expect(text).toMatch(/cut +connections are cut +3 +900 ms +1 min 1 s\n/);
  expect(text).toMatch(/stall +bytes are held up +0\n/);
  expect(text).toMatch(/saga erase-user: finished +5\n/);
});

test('says which promise was broken, how to see it again, and where to look', () => {
  const text = renderForTerminal(broken, 'tmp/chaos/7');
  expect(text).toMatch(/every event arrived at every subscriber +BROKEN \(1\)\n/);
  expect(text).toContain('nothing-lost: team t1: it never arrived');
  expect(text).toContain('The same faults again: npx nx run shared-lib:chaos --seed 7 --minutes 22');
  expect(text).toContain('The ledger, the logs and the evidence are in tmp/chaos/7.');
});

test('shows the first twenty findings alone', () => {
  const findings = Array.from({ length: 25 }, (_, index) => ({
    ...broken.findings[0]!,
    about: `team t${index}`,
  }));
  const text = renderForTerminal({ ...broken, findings });
  expect(text).toContain('team t19');
  expect(text).not.toContain('team t20');
  expect(text).toContain('... and 5 more');
});

test('records the same for a file', () => {
  const text = renderMarkdown(broken);
  expect(text).toContain('1 finding(s) under 3 faults in 22 minutes (seed 7, 2026-11-22)');
  expect(text).toContain('| cut | connections are cut | 3 | 900 ms | 1 min 1 s |');
  expect(text).toContain('- nothing-lost: team t1: it never arrived');
  expect(renderMarkdown(report)).not.toContain('## Findings');
});
