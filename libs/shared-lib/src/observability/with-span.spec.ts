import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { currentTraceId, currentTraceparent } from './current-traceparent';
import { useTracing } from '../testing/use-tracing';
import { withSpan } from './with-span';

describe('where tracing was started', () => {
  const { spans } = useTracing();

  test('gives what the work gives, in a span of its kind, with attributes', async () => {
    const attributes = { 'messaging.destination.name': 'user-service.team.created.v1' };
    expect(await withSpan('publish', { kind: 'producer', attributes }, async () => 7)).toBe(7);
    expect(await spans()).toMatchObject([{ name: 'publish', kind: SpanKind.PRODUCER, attributes }]);
  });

  test('a span in a span is its child, and another trace begins outside', async () => {
    let outer: string | undefined;
    await withSpan('outer', {}, async () => {
      outer = currentTraceId();
      await withSpan('inner', {}, async () => expect(currentTraceId()).toBe(outer));
    });
    await withSpan('other', {}, async () => expect(currentTraceId()).not.toBe(outer));
    const [inner, parent, other] = await spans();
    expect(inner!.parentSpanContext?.spanId).toBe(parent!.spanContext().spanId);
    expect(other!.parentSpanContext).toBeUndefined();
    expect([currentTraceId(), currentTraceparent()]).toEqual([undefined, undefined]);
  });

  test("goes on with another process's span, whatever runs here", async () => {
    let kept: string | undefined;
    await withSpan('request', {}, async () => void (kept = currentTraceparent()));
    expect(kept).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    await withSpan('batch', {}, () =>
      withSpan('handle', { kind: 'consumer', traceparent: kept }, async () => undefined),
    );
    const [request, handle, batch] = await spans();
    expect(handle!.spanContext().traceId).toBe(request!.spanContext().traceId);
    expect(handle!.parentSpanContext).toMatchObject({
      spanId: request!.spanContext().spanId,
      isRemote: true,
    });
    expect(batch!.spanContext().traceId).not.toBe(request!.spanContext().traceId);
  });

  test.each(['', 'nonsense', '00-00000000000000000000000000000000-0000000000000000-01'])(
    'begins a trace where what came with the event is %j',
    async (traceparent) => {
      await withSpan('handle', { traceparent }, async () => undefined);
      const [handle] = await spans();
      expect(handle!.parentSpanContext).toBeUndefined();
    },
  );

  test('records what the work throws, and throws it on', async () => {
    const failure = new TypeError('no such team');
    await expect(withSpan('handle', {}, () => Promise.reject(failure))).rejects.toBe(failure);
    // Work that throws before it returns a promise ends its span too.
    const atOnce = () => {
      throw failure;
    };
    await expect(withSpan('handle', {}, atOnce)).rejects.toBe(failure);
    for (const span of await spans()) {
      expect(span.status).toEqual({ code: SpanStatusCode.ERROR, message: 'no such team' });
      expect(span.events[0]?.attributes).toMatchObject({ 'exception.type': 'TypeError' });
    }
    expect(await spans()).toHaveLength(2);
  });
});

test('where it was not, the work runs all the same, and there is no trace', async () => {
  const trace = await withSpan('publish', {}, async () => [currentTraceId(), currentTraceparent()]);
  expect(trace).toEqual([undefined, undefined]);
});
