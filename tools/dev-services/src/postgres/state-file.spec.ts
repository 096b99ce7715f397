import { parseState, type PostgresState } from './state-file';

const state: PostgresState = {
  format: 1,
  major: 18,
  home: '/w/.data/postgres-18',
  dataDirectory: '/w/.data/postgres-18/data',
  port: 54321,
  password: 'secret',
  process: { pid: 4711, identity: 'boot/123' },
};

test('reads back what was written, running and stopped', () => {
  expect(parseState(JSON.stringify(state), 18)).toEqual(state);
  expect(parseState(JSON.stringify({ ...state, process: null }), 18)).toEqual({ ...state, process: null });
});

test.each([
  ['nothing', ''],
  ['a cut-off file', JSON.stringify(state).slice(0, 40)],
  ['null', 'null'],
  ['another format', JSON.stringify({ ...state, format: 2 })],
  ['another version of Postgres', JSON.stringify({ ...state, major: 15 })],
  ['a missing field', JSON.stringify({ ...state, password: undefined })],
  ['a process without a pid', JSON.stringify({ ...state, process: {} })],
])('takes %s for no state', (_, text) => {
  expect(parseState(text, 18)).toBeUndefined();
});
