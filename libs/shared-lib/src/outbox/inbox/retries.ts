import type { DataSource } from 'typeorm';
import { BackgroundLoop, type Round } from '../background-loop';
import type { Subscription } from './handlers';
import type { Inbox, Progress } from './inbox';

/** How often it is looked for events whose time has come. */
const POLL_MS = 250;
/** What waits behind a gap may be much, and is processed when the gap is filled; only what that missed is found here. */
const ROUNDS_UNTIL_A_THOROUGH_ONE = 20;
const IDS_OF_A_ROUND = 100;

interface DueId {
  readonly source: string;
  readonly aggregate: string;
  readonly aggregate_id: string;
}

/** Processes what waits in the inbox, when it is next in its order and its pause is over. */
export class Retries {
  private readonly loop: BackgroundLoop;
  private rounds = 0;

  constructor(
    private readonly subscriptions: readonly Subscription[],
    private readonly dependencies: {
      readonly dataSource: DataSource;
      readonly inbox: Inbox;
      readonly onProgress: (subscription: Subscription, progress: Progress) => void;
    },
  ) {
    this.loop = new BackgroundLoop({ name: Retries.name, work: () => this.round(), idleMs: POLL_MS });
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async round(): Promise<Round> {
    const { dataSource, inbox, onProgress } = this.dependencies;
    this.rounds += 1;
    const isThorough = this.rounds % ROUNDS_UNTIL_A_THOROUGH_ONE === 0;
    const due = await dueIds(dataSource, this.subscriptions, isThorough);
    for (const { source, aggregate, aggregate_id } of due) {
      const subscription = this.subscriptions.find(
        (other) => other.source === source && other.aggregate === aggregate,
      )!;
      onProgress(subscription, await inbox.drain(subscription, aggregate_id));
    }
    return due.length === IDS_OF_A_ROUND ? 'more' : 'idle';
  }
}

/** Ids whose next event waits and may be tried. What never failed is looked through only when it is to be thorough. */
function dueIds(
  dataSource: DataSource,
  subscriptions: readonly Subscription[],
  isThorough: boolean,
): Promise<DueId[]> {
  return dataSource.query<DueId[]>(
    `WITH due AS MATERIALIZED (
       SELECT "source", "aggregate", "aggregate_id", "sequence", "next_attempt_at" FROM "inbox_events"
        WHERE "next_attempt_at" <= clock_timestamp() ${isThorough ? '' : 'AND "error" IS NOT NULL'}
     )
     SELECT due."source", due."aggregate", due."aggregate_id"
       FROM due JOIN unnest($1::text[], $2::text[]) AS subscription (source, aggregate)
         ON due."source" = subscription.source AND due."aggregate" = subscription.aggregate
      CROSS JOIN LATERAL (
        SELECT FROM "inbox_aggregates" AS counter
         WHERE counter."source" = due."source" AND counter."aggregate" = due."aggregate"
           AND counter."aggregate_id" = due."aggregate_id" AND due."sequence" <= counter."last_sequence" + 1) AS next
      ORDER BY due."next_attempt_at" LIMIT $3`,
    [
      subscriptions.map(({ source }) => source),
      subscriptions.map(({ aggregate }) => aggregate),
      IDS_OF_A_ROUND,
    ],
  );
}
