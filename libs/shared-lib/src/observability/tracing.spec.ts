import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { ConfigError } from '../config/config-error';
import { createLogger } from '../http/logger';
import { currentTraceId, currentTraceparent } from './current-traceparent';
import { startTracing, type Tracing } from './tracing';
import { loadTracingConfig } from './tracing.config';
import { withSpan } from './with-span';

const config = loadTracingConfig({});
let lines: { level: string; msg: string; traceId?: string }[];
let tracing: Tracing | undefined;
beforeEach(() => void (lines = []));
afterEach(() => tracing?.shutDown(1_000));

const log = { write: (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[number]) };
const logger = createLogger({ service: 'user-service', level: 'info' }, log);

/** A collector that answers as it is told. */
class Collector {
  readonly spans: ReadableSpan[] = [];
  failure?: Error;

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    if (this.failure) return done({ code: ExportResultCode.FAILED, error: this.failure });
    this.spans.push(...spans);
    done({ code: ExportResultCode.SUCCESS });
  }

  async shutdown(): Promise<void> {
    this.failure = undefined;
  }
}

test('without a collector there are trace ids, in the log too, that say that nothing is recorded', async () => {
  tracing = startTracing({ service: 'user-service', config, logger });
  await withSpan('publish', {}, async (span) => {
    expect(span.isRecording()).toBe(false);
    expect(currentTraceparent()).toBe(`00-${currentTraceId()}-${span.spanContext().spanId}-00`);
    logger.info('published');
    expect(lines).toMatchObject([{ msg: 'published', traceId: currentTraceId() }]);
  });
});

test('a collector that is away costs its spans and one line, and one when it is back', async () => {
  const exporter = new Collector();
  tracing = startTracing({ service: 'user-service', config, logger, exporter });
  const span = async (name: string) => {
    await withSpan(name, {}, async () => undefined);
    await tracing!.flush();
  };
  exporter.failure = new Error('connect ECONNREFUSED 127.0.0.1:4318');
  await span('lost');
  await span('lost too');
  exporter.failure = undefined;
  await span('sent');
  await span('sent too');
  expect(exporter.spans.map(({ name }) => name)).toEqual(['sent', 'sent too']);
  expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
    [
      'warn',
      'traces are lost, trying on: the collector does not take them (connect ECONNREFUSED 127.0.0.1:4318)',
    ],
    ['info', 'the collector takes traces again'],
  ]);
});

test('a process that ended its tracing has none, and can start another', async () => {
  const [first, second] = [new Collector(), new Collector()];
  tracing = startTracing({ service: 'user-service', config, logger, exporter: first });
  await withSpan('first', {}, async () => undefined);
  await tracing.shutDown(1_000);
  expect(await withSpan('none', {}, async () => currentTraceId())).toBeUndefined();
  tracing = startTracing({ service: 'user-service', config, logger, exporter: second });
  await withSpan('second', {}, async () => undefined);
  await tracing.flush();
  expect([first, second].map(({ spans }) => spans.map(({ name }) => name))).toEqual([['first'], ['second']]);
  expect(lines).toEqual([]);
});

test.each([
  ['OTEL_EXPORTER_OTLP_ENDPOINT', '127.0.0.1:4318'],
  ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'grpc://collector:4317'],
  ['OTEL_EXPORTER_OTLP_TIMEOUT', '2s'],
])('refuses %s=%s before the service boots', (variable, value) => {
  const load = () => loadTracingConfig({ [variable]: value });
  expect(load).toThrow(ConfigError);
  expect(load).toThrow(variable);
});
