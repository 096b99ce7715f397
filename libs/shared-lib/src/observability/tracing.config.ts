import { IsInt, IsOptional, IsUrl, Max, Min } from 'class-validator';
import { FromEnv } from '../config/from-env';
import { loadConfig } from '../config/load-config';

const COLLECTOR = { require_tld: false, require_protocol: true, protocols: ['http', 'https'] };

/**
 * Where spans go: OpenTelemetry's standard variables. The SDK reads the rest of them by itself, among them
 * OTEL_TRACES_SAMPLER(_ARG), OTEL_RESOURCE_ATTRIBUTES, OTEL_EXPORTER_OTLP_HEADERS and OTEL_BSP_*.
 */
export class TracingConfig {
  /** A collector's address for OTLP over HTTP, such as http://127.0.0.1:4318. Without one no span is exported. */
  @FromEnv('OTEL_EXPORTER_OTLP_ENDPOINT')
  @IsOptional()
  @IsUrl(COLLECTOR, { message: 'must be the URL of a collector, such as http://127.0.0.1:4318' })
  endpoint?: string;

  /** Else: the address for traces alone, with its path. */
  @FromEnv('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT')
  @IsOptional()
  @IsUrl(COLLECTOR, { message: 'must be a URL, such as http://127.0.0.1:4318/v1/traces' })
  tracesEndpoint?: string;

  /** How long a batch may take, repetitions included, in milliseconds. Shorter than the SDK's: a shutdown waits for it. */
  @FromEnv('OTEL_EXPORTER_OTLP_TIMEOUT', 'integer')
  @IsInt()
  @Min(1)
  @Max(60_000)
  timeoutMs = 2_000;
}

/** @throws ConfigError with every fault at once. */
export function loadTracingConfig(env: NodeJS.ProcessEnv = process.env): Readonly<TracingConfig> {
  return loadConfig(TracingConfig, env);
}
