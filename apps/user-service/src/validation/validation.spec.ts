import { IsTimestamp } from '@hockey-hub/shared-lib';
import { accepts, refuses } from '@hockey-hub/shared-lib/src/testing';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { DiffersFrom } from './differs-from';
import { IsBirthDate } from './is-birth-date';
import { IsNotBefore } from './is-not-before';

describe('IsBirthDate', () => {
  beforeAll(() => jest.useFakeTimers({ now: new Date('2026-06-30T12:00:00Z') }));
  afterAll(() => jest.useRealTimers());
  // On the islands of UTC+14 the next day has begun by then.
  accepts(IsBirthDate, [
    ['1900-01-01', '1900-01-01'],
    ['2012-02-29', '2012-02-29'],
    ['2026-07-01', '2026-07-01'],
  ]);
  const message = 'field must be a date as YYYY-MM-DD, from 1900-01-01 on and not in the future';
  refuses(IsBirthDate, message, [
    '1899-12-31',
    '2026-07-02',
    '2011-02-29',
    '2012-2-9',
    '2012-02-29T00:00:00Z',
    '',
    2012,
    null,
  ]);
});

describe('two fields', () => {
  class Stay {
    @IsTimestamp()
    from!: Date;

    @IsTimestamp()
    @IsNotBefore('from')
    to!: Date;

    @DiffersFrom('guest')
    host!: string;

    guest!: string;
  }
  const faults = (fields: Partial<Record<keyof Stay, unknown>>) => {
    const valid = { from: '2026-01-01T00:00:00Z', to: '2026-01-01T00:00:00Z', host: 'a', guest: 'b' };
    return validateSync(plainToInstance(Stay, { ...valid, ...fields })).flatMap(({ constraints }) =>
      Object.values(constraints ?? {}),
    );
  };

  it('may be a stay of no time at all', () => expect(faults({})).toEqual([]));
  it('must not end before it begins', () =>
    expect(faults({ to: '2025-12-31T23:59:59Z' })).toEqual(['to must not be before from']));
  it('complains about a missing beginning once', () => expect(faults({ from: undefined })).toHaveLength(1));
  it('must be of two people', () =>
    expect(faults({ guest: 'a' })).toEqual(['host must not be the same as guest']));
});
