import { parsePostmasterFile } from './postmaster-file';

test('reads a running server', () => {
  const text = '4711\n/srv/data\n1763831000\n54321\n\n127.0.0.1\n  5432001   32768\nready   \n';
  expect(parsePostmasterFile(text)).toEqual({ pid: 4711, port: 54321, status: 'ready' });
});

test('reads a server in its first moments, whose file is not complete yet', () => {
  expect(parsePostmasterFile('4711\n/srv/data\n')).toEqual({ pid: 4711, port: 0, status: '' });
});

test.each(['', '\n', 'garbage\n', '-4711\n/srv/data\n'])('takes %j for no server', (text) => {
  expect(parsePostmasterFile(text)).toBeUndefined();
});
