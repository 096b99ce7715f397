import type { Progress } from '../run/run-tools';
import { liveProgress } from './live-progress';

const progress: Progress = {
  ...{ elapsedMs: 65_000, durationMs: 1_320_000, faults: 31, plannedFaults: 540, unconfirmed: 12 },
  lastFault: {
    planned: { number: 31, atMs: 0, name: 'stall', target: '*>nats', lastsMs: 0, seed: 1 },
    beganAt: new Date(),
  },
  writes: { done: 100, refused: 2, 'not-sent': 3, unknown: 4 },
};
const LINE =
  '1:05 of 22:00 | fault 31 of 540: stall *>nats | writes 100 done, 2 refused, 3 not sent, 4 unknown | 12 event(s) on their way';

function screen(isTTY: boolean) {
  const written: string[] = [];
  const live = liveProgress({ isTTY, write: (text: string) => written.push(text) > 0 });
  return { live, text: () => written.join('') };
}

test('redraws one line on a terminal, and leaves it for the next step', () => {
  const { live, text } = screen(true);
  live.show(progress);
  live.show(progress);
  live.step('checking');
  expect(text()).toBe(`\r\u001b[K${LINE}\r\u001b[K${LINE}\nchecking\n`);
});

test('writes a line now and then into a log', () => {
  const { live, text } = screen(false);
  live.show(progress);
  live.show(progress);
  live.end();
  expect(text()).toBe(`${LINE}\n`);
});
