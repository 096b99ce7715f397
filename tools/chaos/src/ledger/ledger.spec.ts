import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exchangesOf, historiesOf } from './histories';
import { Ledger, readLedger } from './ledger';

const request = {
  writer: 'a',
  subject: 'team',
  method: 'POST',
  path: '/teams',
  process: 'user-service-1',
} as const;

describe('a ledger', () => {
  let folder: string;
  let ledger: Ledger;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'chaos-ledger-'));
    ledger = new Ledger(join(folder, 'ledger.jsonl'));
  });

  afterEach(() => {
    ledger.close();
    rmSync(folder, { recursive: true });
  });

  const histories = () => historiesOf(exchangesOf(ledger.read()));
  const create = (name: string) =>
    ledger.asked({ ...request, action: 'create', mark: ['name', name], body: { name, season: '2026' } });
  const change = (id: string, body: object) =>
    ledger.asked({ ...request, action: 'change', id, method: 'PATCH', body: { ...body } });
  const created = (name: string, id: string) => ledger.answered(create(name), { status: 201, id });

  test('has each entry on disk as soon as it was made', () => {
    const number = create('Lions');
    expect(readLedger(ledger.path)).toMatchObject([{ kind: 'asked', number: 1, body: { name: 'Lions' } }]);
    ledger.notArrived(number, 'silence', 'ECONNRESET');
    expect(readLedger(ledger.path)).toHaveLength(2);
  });

  test('knows one state of a row whose requests were all answered', () => {
    created('Lions', 't1');
    ledger.answered(change('t1', { name: 'Bears' }), { status: 200 });
    ledger.answered(change('t1', { name: 'Moose' }), { status: 409, code: 'VERSION_CONFLICT' });
    ledger.notArrived(change('t1', { name: 'Foxes' }), 'refused-connection', 'ECONNREFUSED');
    expect(histories()).toMatchObject([{ id: 't1', possible: [{ name: 'Bears', season: '2026' }] }]);
  });

  test.each([
    ['silence', (number: number) => ledger.notArrived(number, 'silence', 'timeout')],
    ['a 5xx', (number: number) => ledger.answered(number, { status: 503 })],
    ['no line at all', () => undefined],
  ])('knows two states after %s', (_, reply) => {
    created('Lions', 't1');
    reply(change('t1', { name: 'Bears' }));
    expect(histories()).toMatchObject([{ possible: [{ name: 'Lions' }, { name: 'Bears' }] }]);
  });

  test('knows what a row has without being asked for it', () => {
    const asked = {
      ...request,
      action: 'create',
      implies: { leftAt: null },
      body: { name: 'Lions' },
    } as const;
    ledger.answered(ledger.asked(asked), { status: 201, id: 't1' });
    expect(histories()).toMatchObject([{ possible: [{ name: 'Lions', leftAt: null }] }]);
    ledger.answered(change('t1', { leftAt: '2026-11-22' }), { status: 200 });
    expect(histories()).toMatchObject([{ possible: [{ name: 'Lions', leftAt: '2026-11-22' }] }]);
  });

  test('knows that a row is gone, and that one may be', () => {
    created('Lions', 't1');
    created('Bears', 't2');
    const remove = (id: string) => ledger.asked({ ...request, action: 'delete', id, method: 'DELETE' });
    ledger.answered(remove('t1'), { status: 204 });
    ledger.notArrived(remove('t2'), 'silence', 'timeout');
    const [first, second] = histories();
    expect(first!.possible).toEqual([undefined]);
    expect(second!.possible).toEqual([{ name: 'Bears', season: '2026' }, undefined]);
  });

  test('keeps the mark of a row whose making nobody answered, and of each one', () => {
    ledger.notArrived(create('Lions'), 'silence', 'timeout');
    ledger.notArrived(create('Bears'), 'silence', 'timeout');
    expect(histories()).toMatchObject([
      { id: undefined, mark: ['name', 'Lions'], possible: [undefined, { name: 'Lions' }] },
      { id: undefined, mark: ['name', 'Bears'], possible: [undefined, { name: 'Bears' }] },
    ]);
  });
});
