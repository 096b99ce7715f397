import { defaultTextMapGetter, ROOT_CONTEXT, type Context } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import type { IncomingHttpHeaders } from 'node:http';

const w3c = new W3CTraceContextPropagator();

/**
 * The context of another process's span, from the headers of a request or from what came with an event. Where they tell of
 * no span, or of nonsense, there is none in it: what runs there begins a trace.
 */
export function remoteContext(carrier: IncomingHttpHeaders | { readonly traceparent: string }): Context {
  return w3c.extract(ROOT_CONTEXT, carrier, defaultTextMapGetter);
}
