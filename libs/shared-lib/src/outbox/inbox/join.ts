/**
 * How a listener learns what was before it listened: it asks the owner for the state of everything, page by page, while the
 * events already come in. No gap and nothing twice, because each item says up to which event it is the state:
 *
 *     item's sequence <= how far the id is    it is older than what was processed: passed over
 *     item's sequence >  how far the id is    it is taken over, and the id goes on from there; what waited up to it, goes
 *
 * Where an event is missing between others, the owner is asked to publish it again; only when its outbox has it no more, the
 * state of that id makes up for it. So a gap can never hold an id up for ever.
 */
import { Logger } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import type { NatsConnector } from '../../nats/nats-connector';
import { request } from '../../nats/requests';
import { BackgroundLoop, type Round } from '../background-loop';
import type { MessagingSettings } from '../messaging-settings';
import {
  MISSING_EVENTS,
  type MissingEventsAnswer,
  type MissingEventsQuestion,
} from '../relay/missing-events';
import { SNAPSHOT, type SnapshotPage, type SnapshotQuestion } from '../relay/snapshots';
import type { Subscription } from './handlers';
import type { Progress } from './inbox';
import { takeOver, type TakeOverOptions } from './take-over';

const POLL_MS = 2_000;
const ANSWER_WITHIN_MS = 10_000;
const IDS_OF_A_ROUND = 200;

export interface JoinDependencies {
  readonly dataSource: DataSource;
  readonly nats: NatsConnector;
  readonly settings: MessagingSettings;
  readonly onProgress: (subscription: Subscription, progress: Progress) => void;
}

/** One for each subscription, so that an owner that is away holds up nobody else. */
export class Join {
  private readonly logger = new Logger(Join.name);
  private readonly loop: BackgroundLoop;
  private isJoined = false;

  constructor(
    private readonly subscription: Subscription,
    private readonly dependencies: JoinDependencies,
  ) {
    const name = `${Join.name} ${subscription.source}.${subscription.aggregate}`;
    this.loop = new BackgroundLoop({ name, work: () => this.round(), idleMs: POLL_MS });
  }

  start(): void {
    this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async round(): Promise<Round> {
    if (!this.isJoined) {
      this.isJoined = await this.takeNextPage();
      return 'more';
    }
    const gaps = await this.gaps();
    if (gaps.length === 0) return 'idle';
    const { source, aggregate } = this.subscription;
    this.logger.warn(`events of ${gaps.length} ${aggregate}(s) do not come; asking ${source} for them`);
    const question: MissingEventsQuestion = { aggregate, after: gaps };
    const service = { service: source, name: MISSING_EVENTS, timeoutMs: ANSWER_WITHIN_MS };
    const { gone } = await request<MissingEventsAnswer>(this.dependencies.nats, service, question);
    if (gone.length === 0) return 'idle';
    // An id that went on meanwhile is missing nothing any more: its events were confirmed, and are gone for that.
    const stuckAt = new Map(gaps);
    const isStuck = (id: string, last: number): boolean => stuckAt.get(id) === last;
    await this.takeOver(await this.ask({ ids: [...gone] }), { isWanted: isStuck });
    return 'idle';
  }

  /** @returns whether that was the last one */
  private async takeNextPage(): Promise<boolean> {
    const { dataSource } = this.dependencies;
    const { source, aggregate } = this.subscription;
    const key = [source, aggregate];
    const [known] = await dataSource.query<{ snapshot_cursor: string | null; joined_at: Date | null }[]>(
      `SELECT "snapshot_cursor", "joined_at" FROM "inbox_subscriptions" WHERE "source" = $1 AND "aggregate" = $2`,
      key,
    );
    if (known?.joined_at) return true;
    const page = await this.ask({ after: known?.snapshot_cursor ?? undefined });
    // Of no use behind the last page, where it would keep the id of somebody who may be erased one day.
    const cursor = page.items.at(-1)?.aggregateId ?? known?.snapshot_cursor ?? null;
    const andThen = async (manager: EntityManager): Promise<void> => {
      await manager.query(
        `INSERT INTO "inbox_subscriptions" ("source", "aggregate", "snapshot_cursor", "joined_at")
         VALUES ($1, $2, $3, CASE WHEN $4 THEN clock_timestamp() END)
         ON CONFLICT ("source", "aggregate")
           DO UPDATE SET "snapshot_cursor" = excluded."snapshot_cursor", "joined_at" = excluded."joined_at"`,
        [...key, page.isLast ? null : cursor, page.isLast],
      );
    };
    await this.takeOver(page, { andThen });
    if (page.isLast) this.logger.log(`took over what ${source}.${aggregate} was before`);
    return page.isLast;
  }

  private ask(which: Pick<SnapshotQuestion, 'after' | 'ids'>): Promise<SnapshotPage> {
    const { source, aggregate } = this.subscription;
    const question: SnapshotQuestion = { aggregate, ...which };
    const service = { service: source, name: SNAPSHOT, timeoutMs: ANSWER_WITHIN_MS };
    return request<SnapshotPage>(this.dependencies.nats, service, question);
  }

  private async takeOver({ items }: SnapshotPage, options: TakeOverOptions): Promise<void> {
    const { dataSource, onProgress } = this.dependencies;
    onProgress(this.subscription, await takeOver(dataSource, this.subscription, items, options));
  }

  /** Ids of which something waits for an event before it, and has for a while, with the last event that was processed. */
  private async gaps(): Promise<[string, number][]> {
    const { dataSource, settings } = this.dependencies;
    const { source, aggregate } = this.subscription;
    const rows = await dataSource.query<{ aggregate_id: string; last_sequence: string }[]>(
      `WITH waiting AS MATERIALIZED (
         SELECT "aggregate_id", min("sequence") AS first FROM "inbox_events"
          WHERE "source" = $1 AND "aggregate" = $2
          GROUP BY "aggregate_id"
         HAVING min("received_at") < clock_timestamp() - make_interval(secs => $3::float8 / 1000)
       )
       SELECT waiting."aggregate_id", counter."last_sequence"
         FROM waiting CROSS JOIN LATERAL (
           SELECT "last_sequence" FROM "inbox_aggregates"
            WHERE "source" = $1 AND "aggregate" = $2 AND "aggregate_id" = waiting."aggregate_id") AS counter
        WHERE waiting.first > counter."last_sequence" + 1 LIMIT $4`,
      [source, aggregate, settings.gapPatienceMs, IDS_OF_A_ROUND],
    );
    return rows.map(({ aggregate_id, last_sequence }) => [aggregate_id, Number(last_sequence)]);
  }
}
