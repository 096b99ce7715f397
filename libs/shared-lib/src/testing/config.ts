import { ConfigError } from '../config/config-error';

/**
 * URL of the server that tests make their databases on; the Jest preset's global setup provides it.
 *
 * @throws ConfigError when it is not set.
 */
export function testDatabaseUrl(env: NodeJS.ProcessEnv = process.env): string {
  const url = env['TEST_DATABASE_URL']?.trim();
  if (!url) {
    throw new ConfigError(
      [{ variable: 'TEST_DATABASE_URL', problem: 'is not set' }],
      "Run the tests through Jest's preset, whose global setup starts a server, or name one of your own.",
    );
  }
  return url;
}
