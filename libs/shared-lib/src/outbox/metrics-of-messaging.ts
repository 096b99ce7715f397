import type { DataSource } from 'typeorm';
import type { Metrics } from '../observability/metrics';
import type { MessagingMetrics } from './messaging-metrics';

type Row = Readonly<Record<string, string | number>>;

/**
 * Registers what Prometheus is told of a service's events, in and out.
 * @param types subjects of events there are; whatever else comes in is counted together, since anybody may invent more
 */
export function metricsOfMessaging(
  metrics: Metrics,
  dataSource: DataSource,
  types: ReadonlySet<string>,
): MessagingMetrics {
  const read = async (sql: string): Promise<Row[]> => dataSource.query<Row[]>(sql);
  const one = async (sql: string): Promise<{ value: number }[]> =>
    (await read(sql)).map(({ value }) => ({ value: Number(value) }));

  metrics.gauge({
    name: 'outbox_unpublished_events',
    help: 'Events that are written and not in the stream yet',
    collect: () => one(`SELECT count(*) AS value FROM "outbox_events" WHERE "published_at" IS NULL`),
  });
  metrics.gauge({
    name: 'outbox_oldest_unpublished_seconds',
    help: 'Age of the oldest event that is not in the stream yet: how far the relay is behind',
    collect: () =>
      one(`SELECT coalesce(extract(epoch FROM clock_timestamp() - min("occurred_at")), 0) AS value
             FROM "outbox_events" WHERE "published_at" IS NULL`),
  });
  metrics.gauge({
    name: 'outbox_unconfirmed_events',
    help: 'Published events that a subscriber has not confirmed',
    labels: ['subscriber'],
    collect: async () =>
      (
        await read(`SELECT subscriber, count(*) AS value FROM "outbox_events", unnest("awaiting") AS subscriber
                     WHERE "published_at" IS NOT NULL GROUP BY subscriber`)
      ).map(({ subscriber, value }) => ({
        labels: { subscriber: String(subscriber) },
        value: Number(value),
      })),
  });
  metrics.gauge({
    name: 'inbox_pending_events',
    help: 'Events that were received and cannot be processed yet',
    collect: () => one(`SELECT count(*) AS value FROM "inbox_events"`),
  });
  metrics.gauge({
    name: 'dead_letters',
    help: 'Messages that could not be processed and wait for an operator',
    labels: ['code'],
    collect: async () =>
      (
        await read(
          `SELECT "code", count(*) AS value FROM "dead_letters" WHERE state = 'open' GROUP BY "code"`,
        )
      ).map(({ code, value }) => ({ labels: { code: String(code) }, value: Number(value) })),
  });

  const published = metrics.counter({
    name: 'events_published_total',
    help: 'Events that the stream acknowledged, again ones included',
    labels: ['type'],
  });
  const received = metrics.counter({
    name: 'events_received_total',
    help: 'Messages that the stream delivered, again ones included',
    labels: ['type'],
  });
  const handled = metrics.histogram({
    name: 'event_handler_duration_seconds',
    help: 'How long handlers of events take',
    labels: ['type', 'outcome'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
  });
  return {
    published: (type) => published.inc({ type }),
    received: (type) => received.inc({ type: types.has(type) ? type : 'unknown' }),
    handled: (type, outcome, seconds) => handled.observe({ type, outcome }, seconds),
  };
}
