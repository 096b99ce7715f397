import { decodeEvent, encodeEvent } from '@hockey-hub/shared-lib/src/events/event-envelope';
import { decodePlay, encodePlay } from './bare-event';
import { plays } from './play';
import { gamePlayed } from './play-event';

const play = plays().next().value;

it('is as many bytes as ours, and an event to whoever reads ours', () => {
  const bytes = encodePlay(play, 1_234_567_890);
  const envelope = decodeEvent(bytes);
  expect(envelope).toMatchObject({ aggregateId: play.gameId, data: gamePlayed(play, 1_234_567_890) });
  expect(encodeEvent(envelope)).toHaveLength(bytes.length);
});

it('is read as it was written', () => {
  expect(decodePlay(encodePlay(play, 7))).toEqual({ gameId: play.gameId, data: gamePlayed(play, 7) });
});
