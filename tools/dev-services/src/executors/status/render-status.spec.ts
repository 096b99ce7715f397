import { renderStatus } from './render-status';

test('shows running and absent servers', () => {
  const table = renderStatus({
    postgres: [
      { major: 15, state: 'absent', port: null, pid: null, dataDirectory: null, logFile: null },
      {
        major: 18,
        state: 'running',
        port: 54321,
        pid: 4711,
        dataDirectory: '/w/data',
        logFile: '/w/server.log',
      },
    ],
    nats: { state: 'running', port: 4222, pid: 4712, storeDirectory: '/w/jetstream', logFile: '/w/nats.log' },
  });
  const cells = table.split('\n').map((line) =>
    line
      .split('│')
      .map((cell) => cell.trim())
      .filter(Boolean),
  );
  expect(cells).toContainEqual(['postgres 15', 'absent']);
  expect(cells).toContainEqual(['postgres 18', 'running', '127.0.0.1:54321', '4711', '/w/data']);
  expect(cells).toContainEqual(['nats', 'running', '127.0.0.1:4222', '4712', '/w/jetstream']);
});
