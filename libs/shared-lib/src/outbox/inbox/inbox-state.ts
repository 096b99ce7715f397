/** What a listener answers an owner that asks what became of its events. */
import { ArrayMaxSize, IsArray, IsString } from 'class-validator';
import type { DataSource } from 'typeorm';

export const INBOX_STATE = 'inbox-state';

/** As many as a message can hold, however long their ids are. */
export const MOST_EVENTS_OF_A_QUESTION = 1_000;

export class InboxStateQuestion {
  /** The service that asks, and owns the aggregate. */
  @IsString()
  source!: string;

  @IsString()
  aggregate!: string;

  /** Pairs of an id and a sequence. */
  @IsArray()
  @IsArray({ each: true })
  @ArrayMaxSize(MOST_EVENTS_OF_A_QUESTION)
  events!: [string, number][];
}

/** What a listener knows of one event and of what came after it. */
export interface InboxState {
  /** How far its id is; 0 when it was never heard of. */
  readonly upTo: number;
  /** Whether it is here and cannot be processed yet. */
  readonly isWaiting: boolean;
  /** The last one of its id that waits here; 0 when none does. */
  readonly lastWaiting: number;
}

export interface InboxStateAnswer {
  /** One for each event, in the order of the question: however much waits here, the answer is no longer than that. */
  readonly events: readonly InboxState[];
  /** How many messages the stream still has for us; null when nobody knows: no stream, no consumer. */
  readonly backlog: number | null;
}

interface Row {
  readonly up_to: string;
  readonly is_waiting: boolean;
  readonly last_waiting: string;
}

export async function inboxState(
  dataSource: DataSource,
  { source, aggregate, events }: InboxStateQuestion,
): Promise<Omit<InboxStateAnswer, 'backlog'>> {
  const rows = await dataSource.query<Row[]>(
    `SELECT coalesce((SELECT "last_sequence" FROM "inbox_aggregates"
                       WHERE "source" = $1 AND "aggregate" = $2 AND "aggregate_id" = asked.id), 0) AS up_to,
            EXISTS (SELECT FROM "inbox_events"
                     WHERE "source" = $1 AND "aggregate" = $2 AND "aggregate_id" = asked.id
                       AND "sequence" = asked.sequence) AS is_waiting,
            coalesce((SELECT "sequence" FROM "inbox_events"
                       WHERE "source" = $1 AND "aggregate" = $2 AND "aggregate_id" = asked.id
                       ORDER BY "sequence" DESC LIMIT 1), 0) AS last_waiting
       FROM unnest($3::text[], $4::bigint[]) WITH ORDINALITY AS asked (id, sequence, place) ORDER BY asked.place`,
    [source, aggregate, events.map(([id]) => id), events.map(([, sequence]) => sequence)],
  );
  return {
    events: rows.map(({ up_to, is_waiting, last_waiting }) => ({
      upTo: Number(up_to),
      isWaiting: is_waiting,
      lastWaiting: Number(last_waiting),
    })),
  };
}
