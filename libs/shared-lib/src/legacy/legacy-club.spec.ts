import { DEFAULT_ORGANIZATION_ID, DEFAULT_TEAM_NAME, legacyTeamId, seasonOf } from './legacy-club';

test('the ids of teams never change: other services have stored them', () => {
  expect(DEFAULT_ORGANIZATION_ID).toBe('019aa000-0000-7000-8000-000000000f01');
  expect(legacyTeamId(DEFAULT_TEAM_NAME)).toBe('b903398b-ca1d-55a4-b139-7e769780ffbe');
  expect(legacyTeamId('U16-A')).toBe('298e28f4-3b42-5f7e-8c37-c85ca837c61e');
  expect(legacyTeamId('u16-a')).not.toBe(legacyTeamId('U16-A'));
});

test.each([
  ['2026-06-30T23:59:59Z', '2025-2026'],
  ['2026-07-01T00:00:00Z', '2026-2027'],
  ['2027-01-15T12:00:00Z', '2026-2027'],
])('at %s the season is %s', (moment, season) => {
  expect(seasonOf(new Date(moment))).toBe(season);
});
