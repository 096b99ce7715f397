import { IsIn, IsInt, IsNotEmpty, IsString, IsUrl, Matches, Max, Min } from 'class-validator';
import { FromEnv } from './from-env';
import { loadConfig } from './load-config';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** How a service listens and logs. */
export class HttpConfig {
  /** 0 takes any free port. */
  @FromEnv('PORT', 'integer')
  @IsInt()
  @Min(0)
  @Max(65_535)
  port = 3000;

  /** The address to listen on. Loopback unless said otherwise: being reachable is a decision. */
  @FromEnv('HOST')
  @IsString()
  @IsNotEmpty()
  host = '127.0.0.1';

  /** Origins whose pages may call the service (`https://app.example`), separated by commas. None by default. */
  @FromEnv('CORS_ORIGINS', 'list')
  @IsUrl(
    {
      protocols: ['http', 'https'],
      require_protocol: true,
      require_tld: false,
      allow_query_components: false,
    },
    { each: true, message: 'each value in CORS_ORIGINS must be an origin such as https://app.example' },
  )
  corsOrigins: string[] = [];

  /** The largest request body: a number of bytes, or with a unit (`100kb`, `2mb`). */
  @FromEnv('BODY_LIMIT')
  @Matches(/^\d+(b|kb|mb)?$/i, { message: 'must be a size such as 100kb or 2mb' })
  bodyLimit = '100kb';

  /** How long running requests may take to end after SIGTERM, in milliseconds; then they are cut off. */
  @FromEnv('SHUTDOWN_TIMEOUT_MS', 'integer')
  @IsInt()
  @Min(0)
  @Max(600_000)
  shutdownTimeoutMs = 10_000;

  @FromEnv('LOG_LEVEL')
  @IsIn(LOG_LEVELS)
  logLevel: LogLevel = 'info';
}

/**
 * Reads the configuration of a service; `defaults` are the service's own, for what the environment leaves open.
 *
 * @throws ConfigError with every fault at once.
 */
export function loadHttpConfig(
  env: NodeJS.ProcessEnv = process.env,
  defaults: Partial<HttpConfig> = {},
): Readonly<HttpConfig> {
  return loadConfig(HttpConfig, env, defaults);
}
