/** Ours, the side that listens: a service whose handler makes its row in the transaction of the inbox. */
import {
  DatabaseModule,
  messagingEntities,
  MessagingModule,
  OnEvent,
  type ReceivedEvent,
} from '@hockey-hub/shared-lib';
import { Injectable, Module } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { DataSource, type EntityManager } from 'typeorm';
import { ShownPlay } from '../plays/entities';
import { SCOREBOARD } from '../plays/play';
import { BENCH_EVENTS, BENCH_SUBSCRIPTIONS, GAME_PLAYED, type GamePlayed } from '../plays/play-event';
import { CommitWatch } from './commit-watch';
import type { OnCommitted, Scoreboard, Servers } from './contender';
import { startService } from './start-service';

const JOIN_POLL_MS = 50;

const watch = new CommitWatch();

@Injectable()
class ShowPlays {
  @OnEvent(GAME_PLAYED)
  async show({ aggregateId, data }: ReceivedEvent<GamePlayed>, manager: EntityManager): Promise<void> {
    const { playId, period, second, note, sentAtUs } = data;
    const shown = Object.assign(new ShownPlay(), { playId, gameId: aggregateId, period, second, note });
    await manager.insert(ShownPlay, shown);
    watch.add(manager, sentAtUs);
  }
}

@Module({
  imports: [
    DatabaseModule.forService({ service: SCOREBOARD, entities: [ShownPlay, ...messagingEntities] }),
    MessagingModule.forService({
      service: SCOREBOARD,
      events: BENCH_EVENTS,
      subscriptions: BENCH_SUBSCRIPTIONS,
    }),
  ],
  providers: [ShowPlays],
})
class ScoreboardModule {}

export async function openScoreboard(_servers: Servers, onCommitted: OnCommitted): Promise<Scoreboard> {
  const app = await startService(ScoreboardModule, SCOREBOARD);
  const dataSource = app.get(DataSource);
  watch.onCommitted = onCommitted;
  dataSource.subscribers.push(watch);
  await joined(dataSource);
  return { close: () => app.close() };
}

/** What was there before the scoreboard began to listen comes as a snapshot, not as events: nothing may be written meanwhile. */
async function joined(dataSource: DataSource): Promise<void> {
  const isJoined = 'SELECT FROM "inbox_subscriptions" WHERE "joined_at" IS NOT NULL';
  while ((await dataSource.query<unknown[]>(isJoined)).length === 0) await pause(JOIN_POLL_MS);
}
