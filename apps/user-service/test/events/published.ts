import type { DataSource } from 'typeorm';

/** An event as it waits in the outbox. */
export interface Published {
  readonly type: string;
  readonly aggregateId: string;
  readonly sequence: number;
  readonly data: Record<string, unknown>;
}

/** What was published about these rows, in the order in which it was written. */
export function publishedOf(dataSource: DataSource, ...ids: string[]): Promise<Published[]> {
  return dataSource.query(
    `SELECT "type", "aggregate_id" AS "aggregateId", "sequence"::int, "data" FROM "outbox_events"
      WHERE "aggregate_id" = ANY ($1) ORDER BY "position"`,
    [ids],
  );
}

export async function countPublished(dataSource: DataSource): Promise<number> {
  const [{ count }] = await dataSource.query<[{ count: number }]>(
    `SELECT count(*)::int FROM "outbox_events"`,
  );
  return count;
}
