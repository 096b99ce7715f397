/**
 * The tracer of a process.
 *
 * Owns whether spans are made and where they go. Without a collector (OTEL_EXPORTER_OTLP_ENDPOINT) there are trace ids, for the
 * log and for the events that carry them on, and nothing is recorded. What spans there are is said where they are made
 * (http-span.ts, `withSpan`).
 */
import { context, diag, DiagLogLevel, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  BatchSpanProcessor,
  NodeTracerProvider,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-node';
import type { Logger } from 'pino';
import { TellingExporter } from './telling-exporter';
import type { TracingConfig } from './tracing.config';

export interface TracingSettings {
  /** Nx project name, for example `user-service`; the standard variables may call the process otherwise. */
  readonly service: string;
  readonly config: Readonly<TracingConfig>;
  readonly logger: Logger;
  /** Takes the spans instead of the collector. */
  readonly exporter?: SpanExporter;
}

export interface Tracing {
  /** Sends what there is. Rejects when a batch takes too long. */
  flush(): Promise<void>;
  /** Sends what there is, for no longer than `timeoutMs` milliseconds. Never rejects. */
  shutDown(timeoutMs: number): Promise<void>;
}

/** Once in a process, before its application is made. */
export function startTracing(settings: TracingSettings): Tracing {
  const { service, logger, exporter = collectorOf(settings.config) } = settings;
  // What the SDK says of its variables, and of spans that it had to drop.
  diag.setLogger(diagnosticsTo(logger), { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }).merge(
      detectResources({ detectors: [envDetector] }),
    ),
    ...(exporter
      ? { spanProcessors: [new BatchSpanProcessor(new TellingExporter(exporter, logger))] }
      : { sampler: new AlwaysOffSampler() }),
  });
  provider.register({ propagator: null });
  return {
    flush: () => provider.forceFlush(),
    async shutDown(timeoutMs) {
      let timer: NodeJS.Timeout | undefined;
      const tooLate = new Promise<void>((resolve) => (timer = setTimeout(resolve, timeoutMs)));
      try {
        await Promise.race([provider.shutdown(), tooLate]);
      } catch (error) {
        logger.warn({ err: error }, 'the last traces were not sent');
      } finally {
        clearTimeout(timer);
        trace.disable();
        context.disable();
        diag.disable();
      }
    },
  };
}

/** Reads its address and its headers from the standard variables by itself. */
function collectorOf({
  endpoint,
  tracesEndpoint,
  timeoutMs,
}: Readonly<TracingConfig>): SpanExporter | undefined {
  return endpoint || tracesEndpoint ? new OTLPTraceExporter({ timeoutMillis: timeoutMs }) : undefined;
}

function diagnosticsTo(logger: Logger) {
  const own = logger.child({ context: 'OpenTelemetry' });
  const ignore = () => undefined;
  return {
    error: (message: string) => own.warn(message),
    warn: (message: string) => own.warn(message),
    ...{ info: ignore, debug: ignore, verbose: ignore },
  };
}
