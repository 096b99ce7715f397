import { context, SpanKind, SpanStatusCode, trace, type Attributes, type Span } from '@opentelemetry/api';
import { remoteContext } from './remote-context';

export const INSTRUMENTATION = '@hockey-hub/shared-lib';

const KINDS = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const;

export interface SpanSettings {
  /** What the span does in a conversation of processes; `internal` when left out. */
  readonly kind?: keyof typeof KINDS;
  /** The span of another process that this one belongs to. Left out, it belongs to the one that runs here, if any does. */
  readonly traceparent?: string | null;
  /** Never secrets, and no personal data: who may read traces may not be allowed to read rows. */
  readonly attributes?: Attributes;
}

/**
 * Runs `work` in a span that ends with it, and gives what it gives. What it throws is recorded and thrown on. Costs next to
 * nothing when nobody collects spans.
 *
 * @param name with few different values (`publish user-service.team.created.v1`), never with an id in it
 */
export function withSpan<T>(
  name: string,
  settings: SpanSettings,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const { kind = 'internal', traceparent, attributes } = settings;
  const parent = traceparent == null ? context.active() : remoteContext({ traceparent });
  const tracer = trace.getTracer(INSTRUMENTATION);
  return tracer.startActiveSpan(name, { kind: KINDS[kind], attributes }, parent, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      recordFailure(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

function recordFailure(span: Span, error: unknown): void {
  const failure = error instanceof Error ? error : new Error(String(error));
  span.recordException(failure);
  span.setStatus({ code: SpanStatusCode.ERROR, message: failure.message });
}
