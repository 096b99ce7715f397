import { Ledger, type LedgerRow } from './ledger';

const row = (over: Partial<LedgerRow> = {}): LedgerRow => ({
  ...{ table: 'sessions', key: 'token-1', references: ['7'], outcome: 'committed' },
  ...over,
});

it('lets a row be written by one request at a time', () => {
  const ledger = new Ledger();
  expect(ledger.reserve('sessions', 'token-1')).toBe(true);
  expect(ledger.reserve('sessions', 'token-1')).toBe(false);
  expect(ledger.reserve('notes', 'token-1')).toBe(true);
  ledger.release('sessions', 'token-1');
  expect(ledger.reserve('sessions', 'token-1')).toBe(true);
  ledger.enter(row());
  expect(ledger.reserve('sessions', 'token-1')).toBe(true);
});

it('knows the last of the writes of a row', () => {
  const ledger = new Ledger();
  ledger.enter(row());
  ledger.enter(row({ references: ['9'] }));
  expect(ledger.all()).toEqual([row({ references: ['9'] })]);
});

it('leaves a row alone of which it does not know whether it was written', () => {
  const ledger = new Ledger();
  ledger.enterUnknown({ ...row(), isUpdate: true });
  expect(ledger.reserve('sessions', 'token-1')).toBe(false);
});

it('knows what a row is if it was not written', () => {
  const ledger = new Ledger();
  const otherwise = () => ledger.all().at(-1)!.otherwise;
  ledger.enterUnknown({ ...row({ key: 'a' }), isUpdate: false });
  expect(otherwise()).toBe('nothing');
  ledger.enterUnknown({ ...row({ key: 'b' }), isUpdate: true });
  expect(otherwise()).toBe('as it was');
  ledger.enter(row({ key: 'c', references: ['3'] }));
  ledger.enterUnknown({ ...row({ key: 'c', references: ['4'] }), isUpdate: true });
  expect(ledger.all().at(-1)).toEqual(
    row({ key: 'c', references: ['4'], outcome: 'unknown', otherwise: ['3'] }),
  );
});
