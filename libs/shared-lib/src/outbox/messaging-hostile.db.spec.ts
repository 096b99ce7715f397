/** Messages that no outbox wrote: each is a dead letter of the listener, and holds up nothing. */
import { encodeEvent } from '../events/event-envelope';
import { eventually, useNats } from '../testing';
import { SQUAD_CHANGED } from './specimen/contracts';
import { publishAsIs } from './specimen/publish-as-is';
import { useTwoServices } from './specimen/use-two-services';

jest.setTimeout(60_000);

const nats = useNats();
const world = useTwoServices(nats);
const juniors = { name: 'juniors', size: 20 };

const publish = (subject: string, message: Uint8Array | string) => publishAsIs(nats().url, subject, message);

function event(aggregateId: string, sequence: number): Uint8Array {
  return encodeEvent({
    ...{ id: `forged-${sequence}`, service: 'club-service', type: SQUAD_CHANGED.subject, data: juniors },
    ...{ aggregateId, sequence, time: new Date(0).toISOString() },
  });
}

test.each([
  ['no JSON in it', SQUAD_CHANGED.subject, 'hello'],
  ['nothing but zeros, which no text of Postgres can hold', SQUAD_CHANGED.subject, new Uint8Array(8)],
  ['the id of something with a zero in it', SQUAD_CHANGED.subject, event('a\u0000b', 1)],
  ['an id longer than any of ours', SQUAD_CHANGED.subject, event('a'.repeat(201), 1)],
  ['an id with half a character', SQUAD_CHANGED.subject, event('a\ud800', 1)],
  ['a subject longer than any of ours', `club-service.squad.${'x'.repeat(300)}`, 'hello'],
])('a message with %s is a dead letter, and what comes after it is done', async (_what, subject, message) => {
  const { owner } = await world.start();
  await publish(subject, message);
  await owner.save('a', juniors);
  await eventually('what came after is heard', async () => (await world.heard()).length === 1, 15_000);
  const letters = await world.ask('listener', 'SELECT code FROM dead_letters');
  expect(letters).toEqual([{ code: 'EVENT_MALFORMED' }]);
});
