/** What a listener answers an owner that asks what became of its events. */
import { ArrayMaxSize, IsArray, IsString } from 'class-validator';
import type { DataSource } from 'typeorm';

export const INBOX_STATE = 'inbox-state';

export class InboxStateQuestion {
  /** The service that asks, and owns the aggregate. */
  @IsString()
  source!: string;

  @IsString()
  aggregate!: string;

  @IsArray()
  @ArrayMaxSize(5_000)
  @IsString({ each: true })
  ids!: string[];
}

export interface InboxStateAnswer {
  /** How far each id is that was ever heard of. */
  readonly upTo: [string, number][];
  /** Events that are here and cannot be processed yet. */
  readonly pending: [string, number][];
  /** How many messages the stream still has for us; null when nobody knows: no stream, no consumer. */
  readonly backlog: number | null;
}

export async function inboxState(
  dataSource: DataSource,
  { source, aggregate, ids }: InboxStateQuestion,
): Promise<Omit<InboxStateAnswer, 'backlog'>> {
  const [counters, events] = await Promise.all([
    dataSource.query<{ aggregate_id: string; sequence: string }[]>(
      `SELECT "aggregate_id", "last_sequence" AS sequence FROM "inbox_aggregates"
        WHERE "source" = $1 AND "aggregate" = $2 AND "aggregate_id" = ANY ($3)`,
      [source, aggregate, ids],
    ),
    dataSource.query<{ aggregate_id: string; sequence: string }[]>(
      `SELECT "aggregate_id", "sequence" FROM "inbox_events"
        WHERE "source" = $1 AND "aggregate" = $2 AND "aggregate_id" = ANY ($3)`,
      [source, aggregate, ids],
    ),
  ]);
  return { upTo: counters.map(pair), pending: events.map(pair) };
}

function pair(row: { aggregate_id: string; sequence: string }): [string, number] {
  return [row.aggregate_id, Number(row.sequence)];
}
