/** Where the legacy databases are: from the options, or from the environment, where secrets belong. */
import { LegacyClubsError } from './errors';

export interface DatabaseUrls {
  readonly userUrl: string;
  readonly trainingUrl: string;
}

/** @throws LegacyClubsError INVALID_OPTION, which names every one that is missing */
export function databaseUrls(
  options: Partial<DatabaseUrls>,
  env: NodeJS.ProcessEnv = process.env,
): DatabaseUrls {
  const userUrl = options.userUrl ?? env['USER_SERVICE_DATABASE_URL']?.trim();
  const trainingUrl = options.trainingUrl ?? env['TRAINING_SERVICE_DATABASE_URL']?.trim();
  if (userUrl && trainingUrl) return { userUrl, trainingUrl };
  const missing = [
    ...(userUrl ? [] : ['--user-url or USER_SERVICE_DATABASE_URL']),
    ...(trainingUrl ? [] : ['--training-url or TRAINING_SERVICE_DATABASE_URL']),
  ];
  throw new LegacyClubsError('INVALID_OPTION', `which databases? Set ${missing.join(' and ')}.`);
}
