import type { DataSource } from 'typeorm';
import { BackgroundLoop, type Round } from '../background-loop';
import type { Subscription } from './handlers';
import type { Inbox, Progress } from './inbox';

/** How often it is looked for events whose time has come. */
const POLL_MS = 250;
const IDS_OF_A_ROUND = 100;

interface DueId {
  readonly source: string;
  readonly aggregate: string;
  readonly aggregate_id: string;
}

/** Processes what waits in the inbox, when it is next in its order and its pause is over. */
export class Retries {
  private readonly loop: BackgroundLoop;

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
    const due = await dataSource.query<DueId[]>(
      `WITH due AS MATERIALIZED (
         SELECT "source", "aggregate", "aggregate_id", "sequence", "next_attempt_at" FROM "inbox_events"
          WHERE "next_attempt_at" <= clock_timestamp()
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
        this.subscriptions.map(({ source }) => source),
        this.subscriptions.map(({ aggregate }) => aggregate),
        IDS_OF_A_ROUND,
      ],
    );
    for (const { source, aggregate, aggregate_id } of due) {
      const subscription = this.subscriptions.find(
        (other) => other.source === source && other.aggregate === aggregate,
      );
      onProgress(subscription!, await inbox.drain(subscription!, aggregate_id));
    }
    return due.length === IDS_OF_A_ROUND ? 'more' : 'idle';
  }
}
