/**
 * A span for every HTTP request, which goes on with the caller's trace.
 *
 * Own code, not @opentelemetry/instrumentation-http: that one patches `node:http` and has to be loaded before anything else
 * loads it, by an option of Node in every command that starts a service; its newest versions no longer run on Node 20.
 * Attributes are named as in https://opentelemetry.io/docs/specs/semconv/http/http-spans.
 */
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { IncomingMessage } from 'node:http';
import { isProbe } from './is-probe';
import { remoteContext } from './remote-context';
import { routeOf } from './route-of';
import { INSTRUMENTATION } from './with-span';

const traceIds = new WeakMap<IncomingMessage, string>();

/** The trace of a request, also where its context is lost, as when it was broken off. Undefined for probes. */
export function traceIdOf(request: IncomingMessage): string | undefined {
  return traceIds.get(request);
}

/** Goes before everything that may take time or log. */
export function httpSpan(): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    if (isProbe(request.url)) return next();
    const parent = remoteContext(request.headers);
    const { method, path } = request;
    const attributes = { 'http.request.method': method, 'url.path': path };
    const span = trace
      .getTracer(INSTRUMENTATION)
      .startSpan(method, { kind: SpanKind.SERVER, attributes }, parent);
    const own = span.spanContext();
    if (trace.isSpanContextValid(own)) traceIds.set(request, own.traceId);
    response.once('close', () => {
      const route = routeOf(request);
      span.updateName(`${method} ${route}`);
      span.setAttributes({ 'http.route': route, 'http.response.status_code': response.statusCode });
      if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      if (!response.writableFinished) span.setStatus({ code: SpanStatusCode.ERROR, message: 'broken off' });
      span.end();
    });
    context.with(trace.setSpan(parent, span), next);
  };
}
