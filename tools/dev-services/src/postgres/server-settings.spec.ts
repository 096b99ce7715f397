import { renderSettings } from './server-settings';

test('quotes values for postgresql.conf', () => {
  expect(renderSettings({ port: '54321', 'my.path': `C:\\it's` })).toBe(
    `# Written before every start; changes here are lost.\nport = '54321'\nmy.path = 'C:\\\\it''s'\n`,
  );
});

test.each([
  ['a name with a line break', { 'fsync = off\nport': '1' }],
  ['a value with a line break', { fsync: 'off\nport = 1' }],
  ['an empty name', { '': 'on' }],
])('refuses %s', (_, settings) => {
  expect(() => renderSettings(settings)).toThrow(expect.objectContaining({ code: 'INVALID_OPTION' }));
});
