/**
 * What the bench writes: the play-by-play of a thousand games that are on at the same time. A scorer writes one row for each
 * play, and tells it as an event of its game; a scoreboard, in another service, makes one row of each.
 */
import { v7 as uuidv7 } from 'uuid';

export const SCORER = 'bench-scorer';
export const SCOREBOARD = 'bench-scoreboard';

/** So many that writers hardly ever meet at one, as in a service with many users; every game has many events in order. */
const GAMES = 1_000;

export interface Play {
  readonly id: string;
  readonly gameId: string;
  readonly period: number;
  readonly second: number;
  readonly note: string;
}

const NOTE =
  'Shot from the left circle after a won face-off, blocked by the goaltender; the rebound went to the corner.';

/** Plays of all games in turn, for ever. */
export function* plays(): Generator<Play, never> {
  const games = Array.from({ length: GAMES }, () => uuidv7());
  for (let number = 0; ; number++) {
    const second = Math.floor(number / GAMES);
    yield {
      id: uuidv7(),
      gameId: games[number % GAMES]!,
      period: 1 + (Math.floor(second / 1_200) % 3),
      second: second % 1_200,
      note: NOTE,
    };
  }
}
