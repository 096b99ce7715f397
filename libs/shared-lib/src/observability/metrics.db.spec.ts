import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import { DataSource } from 'typeorm';
import { createMigratedDatabase, createTestApp, type TestDatabase } from '../testing';
import { specimenDatabase } from '../testing/specimen/specimen-database';
import { SpecimenModule } from '../testing/specimen/specimen.module';
import { Metrics } from './metrics';

const UNKNOWN_ID = '01890a5d-ac96-774b-bcce-b302099a8057';

let database: TestDatabase;
let app: NestExpressApplication;
let lines: { msg?: string }[] = [];

beforeEach(async () => {
  lines = [];
  database = await createMigratedDatabase(specimenDatabase);
  const log = { write: (line: string) => void lines.push(JSON.parse(line) as object) };
  app = await createTestApp(SpecimenModule, { service: 'specimen-service', database, log });
});
afterEach(async () => {
  await app?.close();
  await database?.drop();
});

const http = () => request(app.getHttpServer());

/** The lines of /metrics that tell of this metric. */
async function told(metric: string, of = app): Promise<string[]> {
  const { text } = await request(of.getHttpServer()).get('/metrics').expect(200);
  return text.split('\n').filter((line) => line.startsWith(metric));
}

it('answers in the text format, is not in /docs, and nobody reads of it in the log', async () => {
  const { headers, text } = await http().get('/metrics').expect(200);
  expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(text).toMatch(/^# HELP .+\n# TYPE .+\n/);
  expect(text).toMatch(/\nprocess_cpu_seconds_total \d/);
  expect(text).toMatch(/\n$/);
  const { body } = await http().get('/docs-json').expect(200);
  expect(Object.keys(body.paths)).not.toContain('/metrics');
  expect(lines.filter(({ msg }) => msg === 'request completed')).toHaveLength(1);
});

it('measures requests by the pattern of their route, however they end', async () => {
  await http().get(`/squads/${UNKNOWN_ID}`).expect(404);
  await http().get('/squads/7').expect(400);
  await http().get('/nowhere/7').expect(404);
  await http().post('/squads').type('json').send('{"name":').expect(400);
  expect(await told('http_request_duration_seconds_count')).toEqual(
    [
      '{method="GET",route="/squads/:id",status="404"} 1',
      '{method="GET",route="/squads/:id",status="400"} 1',
      '{method="GET",route="(none)",status="404"} 1',
      '{method="POST",route="(none)",status="400"} 1',
    ].map((labels) => `http_request_duration_seconds_count${labels}`),
  );
});

it('has a registry for each application', async () => {
  const other = await createTestApp(SpecimenModule, { service: 'other-service', database });
  try {
    app
      .get(Metrics)
      .counter({ name: 'published_total', help: 'x', labels: ['type'] })
      .inc({ type: 'a' }, 2);
    other.get(Metrics).counter({ name: 'published_total', help: 'x' }).inc();
    expect(await told('published_total')).toEqual(['published_total{type="a"} 2']);
    expect(await told('published_total', other)).toEqual(['published_total 1']);
  } finally {
    await other.close();
  }
});

it('observes durations in buckets of its own', async () => {
  const settings = { name: 'handler_seconds', help: 'x', labels: ['outcome'] as const, buckets: [0.1, 1] };
  app.get(Metrics).histogram(settings).observe({ outcome: 'done' }, 0.5);
  expect(await told('handler_seconds_bucket')).toEqual([
    'handler_seconds_bucket{le="0.1",outcome="done"} 0',
    'handler_seconds_bucket{le="1",outcome="done"} 1',
    'handler_seconds_bucket{le="+Inf",outcome="done"} 1',
  ]);
});

describe('a gauge that is read from the database', () => {
  let queries = 0;
  beforeEach(() => (queries = 0));

  /** @param sql gives names and numbers */
  const gauge = (name: string, sql: string) =>
    app.get(Metrics).gauge({
      ...{ name, help: 'x', labels: ['squad'] },
      collect: async () => {
        queries += 1;
        const rows: { name: string; size: string }[] = await app.get(DataSource).query(sql);
        return rows.map((row) => ({ labels: { squad: row.name }, value: Number(row.size) }));
      },
    });

  it('tells what is there, once asked for by many', async () => {
    gauge('squad_size', `SELECT name, size FROM (VALUES ('a', 1), ('b', 2)) AS squads (name, size)`);
    const storm = await Promise.all(Array.from({ length: 20 }, () => told('squad_size')));
    for (const each of storm) expect(each).toEqual(['squad_size{squad="a"} 1', 'squad_size{squad="b"} 2']);
    expect(queries).toBe(1);
  });

  it('is left out, counted and told once while the database is away, and nothing else is', async () => {
    gauge('squad_size', `SELECT 'a' AS name, 1 AS size`);
    await database.drop();
    expect(await told('squad_size')).toEqual([]);
    expect(await told('process_cpu_seconds_total')).toHaveLength(1);
    expect(await told('metric_collect_failures_total')).toEqual([
      'metric_collect_failures_total{metric="squad_size"} 2',
    ]);
    expect(queries).toBe(1);
    expect(lines.filter(({ msg }) => msg?.startsWith('squad_size cannot be read'))).toHaveLength(1);
  });

  it('is left out when the database takes too long', async () => {
    gauge('squad_size', `SELECT 'a' AS name, 1 AS size FROM pg_sleep(20)`);
    expect(await told('squad_size')).toEqual([]);
    expect(await told('metric_collect_failures_total')).toEqual([
      'metric_collect_failures_total{metric="squad_size"} 1',
    ]);
    expect(queries).toBe(1);
  });
});
