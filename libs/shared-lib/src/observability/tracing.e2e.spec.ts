import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { createMigratedDatabase, type ServiceProcess, type TestDatabase } from '../testing';
import { specimenDatabase } from '../testing/specimen/specimen-database';
import { startSpecimen } from '../testing/specimen/start-specimen';

// Each test starts a process that transpiles Nest; on a busy machine that takes its time.
jest.setTimeout(90_000);

interface Otlp {
  resourceSpans: {
    resource: { attributes: { key: string; value: { stringValue: string } }[] };
    scopeSpans: { spans: { name: string; traceId: string; parentSpanId?: string }[] }[];
  }[];
}

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER = { traceparent: `00-${TRACE_ID}-00f067aa0ba902b7-01` };

let database: TestDatabase;
let collector: Server | undefined;
let service: ServiceProcess | undefined;
let received: Otlp[];

beforeAll(async () => {
  database = await createMigratedDatabase(specimenDatabase);
});
afterEach(async () => {
  service?.child.kill('SIGKILL');
  await service?.ended;
  collector?.close();
  collector?.closeAllConnections();
});
afterAll(() => database?.drop());

/** @returns its address, for OTEL_EXPORTER_OTLP_ENDPOINT */
async function startCollector(answer: (response: ServerResponse) => void): Promise<string> {
  received = [];
  collector = createServer((request, response) => {
    json(request).then(
      (body) => {
        received.push(body as Otlp);
        answer(response);
      },
      (error: Error) => response.destroy(error),
    );
  });
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
  return `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
}

/** Boots the service, sends it a request that belongs to a trace, and ends it. */
async function serveOneRequest(env: NodeJS.ProcessEnv): Promise<void> {
  service = startSpecimen({ SPECIMEN_SERVICE_DATABASE_URL: database.url, ...env });
  const { port } = (await service.logged('listening'))!;
  const answer = await fetch(`http://127.0.0.1:${String(port)}/squads/7`, { headers: CALLER });
  expect(answer.status).toBe(400);
  service.child.kill('SIGTERM');
  expect(await service.ended).toBe(0);
  const [line] = service.lines.filter(({ msg }) => msg === 'request completed');
  expect(line).toMatchObject({ traceId: TRACE_ID });
  expect(service.lines.at(-1)).toMatchObject({ msg: 'shut down' });
}

it('sends what it has before it ends, under its name', async () => {
  const OTEL_EXPORTER_OTLP_ENDPOINT = await startCollector((response) => response.end('{}'));
  await serveOneRequest({ OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_RESOURCE_ATTRIBUTES: 'deployment=test' });
  const [{ resource, scopeSpans }] = received.flatMap(({ resourceSpans }) => resourceSpans) as [
    Otlp['resourceSpans'][0],
  ];
  expect(Object.fromEntries(resource.attributes.map(({ key, value }) => [key, value.stringValue]))).toEqual({
    'service.name': 'specimen-service',
    deployment: 'test',
  });
  expect(scopeSpans.flatMap(({ spans }) => spans)).toMatchObject([
    { name: 'GET /squads/:id', traceId: TRACE_ID, parentSpanId: '00f067aa0ba902b7' },
  ]);
});

it('sends the share that the sampler of the standard variables leaves', async () => {
  const OTEL_EXPORTER_OTLP_ENDPOINT = await startCollector((response) => response.end('{}'));
  const sampler = { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' };
  await serveOneRequest({ OTEL_EXPORTER_OTLP_ENDPOINT, ...sampler });
  expect(received).toEqual([]);
});

it('serves, and ends in time, while the collector is away or hangs', async () => {
  const hanging = await startCollector(() => undefined);
  await serveOneRequest({ OTEL_EXPORTER_OTLP_ENDPOINT: hanging, SHUTDOWN_TIMEOUT_MS: '4000' });
  expect(received).toHaveLength(1);
  await serveOneRequest({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1', SHUTDOWN_TIMEOUT_MS: '4000' });
  expect(await service!.logged('traces are lost')).toMatchObject({ level: 'warn' });
});
