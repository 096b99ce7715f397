import { ProgressLines } from './progress-lines';

const told = (...pieces: readonly string[]): string[] => {
  const lines: string[] = [];
  const progress = new ProgressLines((line) => lines.push(line));
  pieces.forEach(progress.take);
  return lines;
};

const fill = {
  service: 'user-service',
  fill: 'sessions.userId_uuid',
  ...{
    doneRows: 1_500,
    estimatedRows: 20_000,
    rowsPerSecond: 750.4,
    secondsLeft: 25,
    throttled: null,
    hasEnded: false,
  },
};

it('tells lines, however they are cut', () => {
  expect(told('user-service: Users', 'AddUuidColumns applied in 1 s\nand', ' more\n', 'not yet')).toEqual([
    'user-service: UsersAddUuidColumns applied in 1 s',
    'and more',
  ]);
});

it('tells how far a fill is', () => {
  const [line] = told(`${JSON.stringify(fill)}\n`);
  expect(line).toBe('user-service: sessions.userId_uuid 1,500 of 20,000 rows, 750 rows/s');
});

it('tells why a fill waits, and when it has ended', () => {
  expect(told(`${JSON.stringify({ ...fill, throttled: 'paused' })}\n`)[0]).toMatch(
    / rows\/s \(waits: paused\)$/,
  );
  expect(told(`${JSON.stringify({ ...fill, hasEnded: true })}\n`)[0]).toBe(
    'user-service: sessions.userId_uuid 1,500 rows, done',
  );
});
