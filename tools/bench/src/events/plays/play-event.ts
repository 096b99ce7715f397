/** The event that the bench sends: one play of a game. */
import { defineAggregate } from '@hockey-hub/shared-lib/src/events/aggregate-contract';
import { defineEvent } from '@hockey-hub/shared-lib/src/events/event-contract';
import { IsInt, IsString, IsUUID } from 'class-validator';
import { SCOREBOARD, SCORER, type Play } from './play';

export class GamePlayed {
  @IsUUID()
  playId!: string;

  @IsInt()
  period!: number;

  @IsInt()
  second!: number;

  @IsString()
  note!: string;

  /** For the stopwatch: when its write began, or should have begun. */
  @IsInt()
  sentAtUs!: number;
}

export const GAME = defineAggregate({ service: SCORER, aggregate: 'game', state: GamePlayed });
export const GAME_PLAYED = defineEvent({ ...GAME, verb: 'played', data: GamePlayed });

/** In the place of the platform's own, which the bench leaves out. */
export const BENCH_EVENTS = [GAME_PLAYED];
export const BENCH_SUBSCRIPTIONS = { [SCOREBOARD]: [GAME] };

export function gamePlayed({ id, period, second, note }: Play, sentAtUs: number): GamePlayed {
  return { playId: id, period, second, note, sentAtUs };
}
