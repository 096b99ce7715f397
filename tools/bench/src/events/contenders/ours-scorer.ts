/**
 * Ours, the side that writes: a service as ours are, without its HTTP. Row and event are written by one transaction that knows
 * nothing of NATS; the relay, in the same process, publishes; receipts come in and take the events out of the outbox.
 */
import {
  DatabaseModule,
  messagingEntities,
  MessagingModule,
  Outbox,
  SnapshotOf,
  type SnapshotRow,
} from '@hockey-hub/shared-lib';
import { Injectable, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { PlayRow } from '../plays/entities';
import { plays, SCORER } from '../plays/play';
import {
  BENCH_EVENTS,
  BENCH_SUBSCRIPTIONS,
  GAME,
  GAME_PLAYED,
  gamePlayed,
  type GamePlayed,
} from '../plays/play-event';
import type { Scorer } from './contender';
import { startService } from './start-service';

/** Plays are no state of a game: whoever comes late finds none. Here nobody does. */
@Injectable()
class NoGamesBefore {
  @SnapshotOf(GAME)
  read(): Promise<SnapshotRow<GamePlayed>[]> {
    return Promise.resolve([]);
  }
}

@Module({
  imports: [
    DatabaseModule.forService({ service: SCORER, entities: [PlayRow, ...messagingEntities] }),
    MessagingModule.forService({
      service: SCORER,
      events: BENCH_EVENTS,
      subscriptions: BENCH_SUBSCRIPTIONS,
    }),
  ],
  providers: [NoGamesBefore],
})
class ScorerModule {}

export async function openScorer(): Promise<Scorer> {
  const app = await startService(ScorerModule, SCORER);
  const dataSource = app.get(DataSource);
  const outbox = app.get(Outbox);
  const toWrite = plays();
  return {
    write: (sentAtUs) =>
      dataSource.transaction(async (manager) => {
        const play = toWrite.next().value;
        await manager.insert(PlayRow, Object.assign(new PlayRow(), play));
        await outbox.publish(manager, GAME_PLAYED, play.gameId, gamePlayed(play, sentAtUs));
      }),
    close: () => app.close(),
  };
}
