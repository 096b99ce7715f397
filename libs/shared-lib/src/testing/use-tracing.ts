import { InMemorySpanExporter, type ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { createLogger } from '../http/logger';
import { startTracing, type Tracing } from '../observability/tracing';
import { TracingConfig } from '../observability/tracing.config';

/** Spans of the tests of one file. */
export interface TracingContext {
  /** Those that ended since the test began, in the order in which they did. */
  readonly spans: () => Promise<readonly ReadableSpan[]>;
}

/** Registers the hooks: spans of this process are kept in memory instead of being sent. */
export function useTracing(): TracingContext {
  const exporter = new InMemorySpanExporter();
  const logger = createLogger({ service: 'test-service', level: 'silent' });
  let tracing: Tracing;

  beforeAll(() => {
    tracing = startTracing({ service: 'test-service', config: new TracingConfig(), logger, exporter });
  });
  beforeEach(async () => {
    await tracing.flush();
    exporter.reset();
  });
  afterAll(() => tracing.shutDown(1_000));

  return {
    spans: async () => {
      await tracing.flush();
      return exporter.getFinishedSpans();
    },
  };
}
