/** `nx run legacy-clubs:exchange-team-codes`: options in, which codes have a team out. */
import { databaseUrls, type DatabaseUrls } from '../../config';
import { LegacyClubsError } from '../../errors';
import { exchangeTeamCodes } from '../../exchange-team-codes';
import { openLegacyDatabase } from '../../legacy-database';

export default async function exchange(options: Partial<DatabaseUrls>): Promise<{ success: boolean }> {
  try {
    const codes = await exchangeBetween(databaseUrls(options));
    console.log(`${codes.length} team codes have a team, or will have one: ${codes.join(', ')}`);
    return { success: true };
  } catch (error) {
    if (!(error instanceof LegacyClubsError)) throw error;
    console.error(`legacy-clubs: ${error.message}`);
    return { success: false };
  }
}

async function exchangeBetween({ userUrl, trainingUrl }: DatabaseUrls): Promise<readonly string[]> {
  const user = await openLegacyDatabase('user-service', userUrl);
  try {
    const training = await openLegacyDatabase('training-service', trainingUrl);
    try {
      return await exchangeTeamCodes(user, training);
    } finally {
      await training.end();
    }
  } finally {
    await user.end();
  }
}
