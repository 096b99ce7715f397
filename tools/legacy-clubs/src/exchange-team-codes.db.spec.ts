import { createConvertedClubs, type ConvertedClubs } from './testing/converted-clubs';
import { exchangeTeamCodes } from './exchange-team-codes';

let clubs: ConvertedClubs;
beforeAll(async () => {
  clubs = await createConvertedClubs({
    users: 60,
    dirt: { sessionsOfUnknownTeams: 6, strayTeamCodesOfUsers: 3 },
  });
});
afterAll(() => clubs?.drop());

const codes = async (client: ConvertedClubs['user']) =>
  (
    await client.query<{ code: string }>('SELECT code FROM id_conversion.legacy_team_codes ORDER BY 1')
  ).rows.map(({ code }) => code);

test('says which migration comes first', async () => {
  await expect(exchangeTeamCodes(clubs.user, clubs.training)).rejects.toMatchObject({
    code: 'NOT_PREPARED',
    message: expect.stringContaining(
      'the legacy database of user-service has no table "id_conversion"."legacy_team_codes"',
    ),
  });
});

test('tells both services the trimmed codes of both, once', async () => {
  for (const client of [clubs.user, clubs.training]) {
    await client.query('CREATE TABLE id_conversion.legacy_team_codes (code text PRIMARY KEY)');
  }
  const told = await exchangeTeamCodes(clubs.user, clubs.training);
  expect(told).toEqual(['U8-1', 'U9-2', 'Z1-closed', 'Z2-closed']);
  expect(await codes(clubs.user)).toEqual(told);
  expect(await codes(clubs.training)).toEqual(told);
  expect(await exchangeTeamCodes(clubs.user, clubs.training)).toEqual(told);
});
