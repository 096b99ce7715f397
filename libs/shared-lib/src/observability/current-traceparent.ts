import { context, defaultTextMapSetter, isSpanContextValid, trace } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';

const w3c = new W3CTraceContextPropagator();

/**
 * The span that runs, in the words of https://www.w3.org/TR/trace-context: what is kept with an event, so that whoever
 * handles it goes on with the trace. Undefined outside of a span, and where no tracing was started.
 */
export function currentTraceparent(): string | undefined {
  const carrier: { traceparent?: string } = {};
  w3c.inject(context.active(), carrier, defaultTextMapSetter);
  return carrier.traceparent;
}

/** The id of the trace that runs, 32 hexadecimal digits; undefined where `currentTraceparent` is. */
export function currentTraceId(): string | undefined {
  const span = trace.getSpanContext(context.active());
  return span && isSpanContextValid(span) ? span.traceId : undefined;
}
