import { decodeEvent, encodeEvent, MAX_EVENT_BYTES, type EventEnvelope } from './event-envelope';

const EVENT: EventEnvelope = {
  id: '019aa000-0000-7000-8000-000000000001',
  service: 'user-service',
  type: 'user-service.team.renamed.v1',
  aggregateId: '019aa000-0000-7000-8000-000000000002',
  sequence: 7,
  time: '2026-11-22T20:00:00.000Z',
  data: { name: 'Bären 🏒', nothing: null },
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
};

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const bytes = (value: unknown) =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const sent = () => JSON.parse(text(encodeEvent(EVENT))) as Record<string, unknown>;

it('is a CloudEvent 1.0', () => {
  expect(sent()).toEqual({
    specversion: '1.0',
    id: EVENT.id,
    source: '/user-service',
    type: EVENT.type,
    subject: EVENT.aggregateId,
    time: EVENT.time,
    datacontenttype: 'application/json',
    sequence: '7',
    traceparent: EVENT.traceparent,
    data: EVENT.data,
  });
});

it('comes back as it was sent', () => {
  expect(decodeEvent(encodeEvent(EVENT))).toEqual(EVENT);
  const untraced = { ...EVENT, traceparent: undefined };
  expect(decodeEvent(encodeEvent(untraced))).not.toHaveProperty('traceparent');
});

it('refuses what NATS would refuse, by bytes and not by letters', () => {
  const umlauts = 'ä'.repeat(MAX_EVENT_BYTES / 2);
  expect(() => encodeEvent({ ...EVENT, data: umlauts })).toThrow(
    expect.objectContaining({ code: 'EVENT_TOO_LARGE' }),
  );
  expect(() => encodeEvent({ ...EVENT, data: umlauts.slice(500) })).not.toThrow();
});

it.each([
  ['no JSON', 'Goal!'],
  ['no UTF-8', new Uint8Array([0x7b, 0xff, 0x7d])],
  ['nothing', new Uint8Array()],
  ['a number', 7],
  ['null', null],
  ['a list', []],
  ['no CloudEvent', { name: 'Bears' }],
])('refuses %s', (_what, value) => {
  const message = value instanceof Uint8Array ? value : bytes(value);
  expect(() => decodeEvent(message)).toThrow(expect.objectContaining({ code: 'EVENT_MALFORMED' }));
});

it.each([
  ['without an id', { id: undefined }],
  ['without a time', { time: undefined }],
  ['of another specification', { specversion: '0.3' }],
  ['from nowhere', { source: 'user-service' }],
  ['about nothing', { subject: undefined }],
  ['without a place in the order', { sequence: undefined }],
  ['at place 0', { sequence: '0' }],
  ['at a place that is no number', { sequence: '1; drop' }],
])('refuses an event %s', (_what, change) => {
  expect(() => decodeEvent(bytes({ ...sent(), ...change }))).toThrow(
    expect.objectContaining({ code: 'EVENT_MALFORMED' }),
  );
});
