import { IsIn, IsInt, Max, Min } from 'class-validator';
import { FromEnv } from '../config/from-env';
import { loadConfig } from '../config/load-config';

/** How a process takes part in sending and receiving. */
export class MessagingConfig {
  /** `off` for a service whose outbox is published by a process of its own. */
  @FromEnv('OUTBOX_RELAY')
  @IsIn(['on', 'off'])
  outboxRelay: 'on' | 'off' = 'on';

  /** How often a handler is tried before its event is a dead letter. */
  @FromEnv('EVENT_MAX_ATTEMPTS', 'integer')
  @IsInt()
  @Min(1)
  @Max(100)
  eventMaxAttempts = 10;
}

/** @throws ConfigError with every fault at once */
export function loadMessagingConfig(env: NodeJS.ProcessEnv = process.env): Readonly<MessagingConfig> {
  return loadConfig(MessagingConfig, env);
}
