import { Pace } from './pace';

it('tells the speed of the last seconds and the time that is left', () => {
  const pace = new Pace();
  const task = { estimatedRows: 1_000, endedAt: null };
  expect(pace.after({ ...task, doneRows: 0 }, 0)).toEqual({ rowsPerSecond: 0, secondsLeft: null });
  expect(pace.after({ ...task, doneRows: 200 }, 1_000)).toEqual({ rowsPerSecond: 200, secondsLeft: 4 });
  expect(pace.after({ ...task, doneRows: 200 }, 30_000)).toEqual({ rowsPerSecond: 0, secondsLeft: null });
  expect(pace.after({ doneRows: 900, estimatedRows: 1_000, endedAt: new Date() }, 31_000)).toMatchObject({
    secondsLeft: 0,
  });
});
