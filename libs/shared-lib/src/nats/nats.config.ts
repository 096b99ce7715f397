import { ConfigError } from '../config/config-error';
import { SecretFields } from '../config/secret-fields';

/** Which NATS server carries the events of a service. */
@SecretFields('url')
export class NatsConfig {
  /** `nats://user:password@host:4222`, several servers of one cluster separated by commas; undefined in tests without. */
  readonly url?: string;
}

const VARIABLE = 'NATS_URL';

/** @throws ConfigError when NATS_URL is missing or is no address of NATS. The message never repeats the value. */
export function loadNatsConfig(service: string, env: NodeJS.ProcessEnv = process.env): Readonly<NatsConfig> {
  const url = env[VARIABLE]?.trim();
  if (!url) {
    throw new ConfigError(
      [{ variable: VARIABLE, problem: 'is not set' }],
      `Set it to a NATS server with JetStream, or run \`nx run ${service}:serve\`, which starts one.`,
    );
  }
  if (!url.split(',').every(isNatsUrl)) {
    throw new ConfigError([
      { variable: VARIABLE, problem: 'is not a URL of the form nats://user:password@host:4222' },
    ]);
  }
  return Object.freeze(Object.assign(new NatsConfig(), { url }));
}

function isNatsUrl(url: string): boolean {
  return URL.canParse(url) && ['nats:', 'tls:'].includes(new URL(url).protocol);
}
