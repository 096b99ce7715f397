import type { FillReport } from '../model';
import { logProgress } from './log-progress';

const report: FillReport = {
  ...{
    fill: 'sessions.userId_uuid',
    doneRows: 500,
    estimatedRows: 1_000,
    rowsPerSecond: 250.4,
    secondsLeft: 2,
  },
  ...{ throttled: null, hasEnded: false },
};

it('tells how far a fill is now and then, as JSON, and always that it has ended', () => {
  const lines: string[] = [];
  let now = 0;
  const show = logProgress(
    'up',
    (line) => lines.push(line),
    () => now,
  );
  const tell = (changes: Partial<FillReport>, service = 'user-service') =>
    show({ type: 'fill-progress', service, report: { ...report, ...changes } });
  tell({ doneRows: 1 });
  now = 1_999;
  tell({ doneRows: 2 });
  tell({ doneRows: 3 }, 'training-service');
  now = 2_000;
  tell({ doneRows: 4 });
  tell({ doneRows: 5, hasEnded: true });
  expect(lines.map((line) => JSON.parse(line)).map(({ service, doneRows }) => [service, doneRows])).toEqual([
    ['user-service', 1],
    ['training-service', 3],
    ['user-service', 4],
    ['user-service', 5],
  ]);
  expect(JSON.parse(lines[0]!)).toEqual({ service: 'user-service', ...report, doneRows: 1 });
});
