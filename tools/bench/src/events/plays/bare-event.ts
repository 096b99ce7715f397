/**
 * The floor's event: the very bytes of an envelope of ours, written and read by JSON alone, without the checks. `encodeEvent`
 * and `decodeEvent` of the shared library are a part of what is compared with the floor.
 */
import { v7 as uuidv7 } from 'uuid';
import type { Play } from './play';
import { GAME_PLAYED, gamePlayed, type GamePlayed } from './play-event';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function encodePlay(play: Play, sentAtUs: number): Uint8Array {
  return encoder.encode(
    JSON.stringify({
      id: uuidv7(),
      time: new Date().toISOString(),
      type: GAME_PLAYED.subject,
      source: `/${GAME_PLAYED.service}`,
      specversion: '1.0',
      datacontenttype: 'application/json',
      subject: play.gameId,
      data: gamePlayed(play, sentAtUs),
      sequence: String(1 + play.second),
    }),
  );
}

export function decodePlay(bytes: Uint8Array): { readonly gameId: string; readonly data: GamePlayed } {
  const { subject, data } = JSON.parse(decoder.decode(bytes)) as { subject: string; data: GamePlayed };
  return { gameId: subject, data };
}
