import { Controller, Get, Logger, Module, Param, Post } from '@nestjs/common';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { createTestApp, useTracing } from '../testing';
import { currentTraceparent } from './current-traceparent';
import { withSpan } from './with-span';

/** What an outbox row keeps of the request that wrote it. */
let kept: string | undefined;

@Controller('teams')
class TeamsController {
  private readonly logger = new Logger(TeamsController.name);

  @Post(':id')
  async write(): Promise<void> {
    await new Promise(setImmediate);
    this.logger.log('written');
    kept = currentTraceparent();
  }

  @Get(':id/failing')
  fail(@Param('id') id: string): never {
    throw new Error(`no ${id}`);
  }
}

@Module({ controllers: [TeamsController] })
class WriterModule {}

@Module({})
class HandlerModule {}

type Line = Record<string, unknown>;
const lines: Line[] = [];
let writer: NestExpressApplication;
let handler: NestExpressApplication;
const { spans } = useTracing();

beforeAll(async () => {
  const log = { write: (line: string) => void lines.push(JSON.parse(line) as Line) };
  const database = { url: 'postgres://127.0.0.1:1/none' };
  writer = await createTestApp(WriterModule, { service: 'user-service', database, log });
  handler = await createTestApp(HandlerModule, { service: 'training-service', database, log });
});
beforeEach(() => void lines.splice(0));
afterAll(() => Promise.all([writer?.close(), handler?.close()]));

test('one trace goes from the caller through a request to the handler of its event in another service', async () => {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const caller = `00-${traceId}-00f067aa0ba902b7-01`;
  await request(writer.getHttpServer())
    .post('/teams/7?token=secret')
    .set('traceparent', caller)
    .send({})
    .expect(201);
  await withSpan('handle user-service.team.created.v1', { kind: 'consumer', traceparent: kept }, async () =>
    new Logger('TeamHandlers').log('handled'),
  );

  const [served, handled] = await spans();
  expect(served).toMatchObject({
    name: 'POST /teams/:id',
    kind: SpanKind.SERVER,
    parentSpanContext: { spanId: '00f067aa0ba902b7' },
    attributes: {
      'http.request.method': 'POST',
      'http.route': '/teams/:id',
      'http.response.status_code': 201,
      'url.path': '/teams/7',
    },
    status: { code: SpanStatusCode.UNSET },
  });
  expect(handled!.parentSpanContext?.spanId).toBe(served!.spanContext().spanId);
  expect(handled!.spanContext().traceId).toBe(traceId);
  expect(lines.map(({ msg, traceId: id }) => [msg, id])).toEqual([
    ['written', traceId],
    ['request completed', traceId],
    ['handled', traceId],
  ]);
});

test('a request that failed, or that no route answers, says so without its path in its name', async () => {
  await request(writer.getHttpServer()).get('/teams/7/failing').expect(500);
  await request(writer.getHttpServer()).get('/nowhere/7').set('traceparent', 'nonsense').expect(404);
  const [failed, lost] = await spans();
  expect(failed).toMatchObject({ name: 'GET /teams/:id/failing', status: { code: SpanStatusCode.ERROR } });
  expect(lost).toMatchObject({ name: 'GET (none)', status: { code: SpanStatusCode.UNSET } });
  expect(lost!.parentSpanContext).toBeUndefined();
  expect(lines.map(({ traceId }) => traceId)).toEqual(
    [failed, lost].map((span) => span!.spanContext().traceId),
  );
});

test('a request that is broken off ends its span, and its line still names the trace', async () => {
  const server = writer.getHttpServer();
  await writer.listen(0, '127.0.0.1');
  const { port } = server.address() as { port: number };
  const arrived = new Promise((resolve) => server.once('request', resolve));
  const giveUp = new AbortController();
  // The body never ends, so the request never gets to a route.
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode('{')),
  });
  const headers = { 'content-type': 'application/json' };
  const answer = fetch(`http://127.0.0.1:${port}/teams/7`, {
    ...{ method: 'POST', body, headers, signal: giveUp.signal },
    duplex: 'half',
  } as RequestInit).catch(() => 'given up');
  await arrived;
  giveUp.abort();
  expect(await answer).toBe('given up');
  await until(() => lines.length > 0);
  const [span] = await spans();
  expect(span).toMatchObject({ status: { code: SpanStatusCode.ERROR } });
  expect(lines[0]).toMatchObject({ traceId: span!.spanContext().traceId });
});

test.each(['/health/live', '/metrics', '/metrics?format=text'])(
  '%s is a probe and has no span',
  async (path) => {
    await request(writer.getHttpServer()).get(path);
    expect(await spans()).toEqual([]);
  },
);

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(setImmediate);
}
