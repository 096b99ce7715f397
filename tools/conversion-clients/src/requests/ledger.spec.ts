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
  ledger.enter(row({ outcome: 'unknown' }));
  expect(ledger.reserve('sessions', 'token-1')).toBe(false);
});
