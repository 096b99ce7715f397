import { IsBoolean, IsInt, Max, Min } from 'class-validator';
import { FromEnv } from '../config/from-env';
import { loadConfig } from '../config/load-config';

/** How a process takes part in the sagas of its service. */
export class SagasConfig {
  /** Whether this process runs them; one that does not can still start and show them. */
  @FromEnv('SAGAS_RUN', 'boolean')
  @IsBoolean()
  run = true;

  /** How many it runs at once. One that waits, for a service that is away or for an operator, counts. */
  @FromEnv('SAGAS_AT_ONCE', 'integer')
  @IsInt()
  @Min(1)
  @Max(10_000)
  atOnce = 500;

  /** How often it looks for sagas that were started, in milliseconds. */
  @FromEnv('SAGAS_POLL_INTERVAL_MS', 'integer')
  @IsInt()
  @Min(10)
  @Max(60_000)
  pollIntervalMs = 250;

  /** How often it looks for sagas of processes that are gone, in milliseconds. */
  @FromEnv('SAGAS_RECOVERY_INTERVAL_MS', 'integer')
  @IsInt()
  @Min(100)
  @Max(600_000)
  recoveryIntervalMs = 3_000;

  /** How long sagas that are over are kept, in days; those that are not are kept for as long as it takes. */
  @FromEnv('SAGAS_RETENTION_DAYS', 'integer')
  @IsInt()
  @Min(1)
  @Max(3_650)
  retentionDays = 30;
}

/** @throws ConfigError with every fault at once */
export function loadSagasConfig(env: NodeJS.ProcessEnv = process.env): Readonly<SagasConfig> {
  return loadConfig(SagasConfig, env);
}
