import { plainToInstance } from 'class-transformer';
import { Allow, validateSync } from 'class-validator';
import { DiffersFrom } from './differs-from';
import { IsBirthDate } from './is-birth-date';
import { IsId } from './is-id';
import { IsNotBefore } from './is-not-before';
import { IsPlainText } from './is-plain-text';
import { IsTimestamp } from './is-timestamp';
import { IsWebAddress } from './is-web-address';
import { LowerCased } from './lower-cased';
import { MayBeOmitted } from './may-be-omitted';

/** What one decorator makes of a value: the value the service gets, or the messages the client gets. */
function judge(decorator: PropertyDecorator, value: unknown): { value: unknown } | { faults: string[] } {
  class Dto {
    field?: unknown;
  }
  decorator(Dto.prototype, 'field');
  const dto = plainToInstance(Dto, value === undefined ? {} : { field: value });
  const faults = validateSync(dto).flatMap(({ constraints }) => Object.values(constraints ?? {}));
  return faults.length > 0 ? { faults } : { value: dto.field };
}

const accepts = (decorator: () => PropertyDecorator, cases: [given: unknown, got: unknown][]) =>
  it.each(cases)('accepts %j', (given, got) => expect(judge(decorator(), given)).toEqual({ value: got }));

const refuses = (decorator: () => PropertyDecorator, message: string, values: unknown[]) =>
  it.each(values.map((value) => [value]))('refuses %j', (value) => {
    expect(judge(decorator(), value)).toEqual({ faults: [message] });
  });

describe('IsPlainText', () => {
  const decorator = () => IsPlainText(3);
  accepts(decorator, [
    [' ab ', 'ab'],
    ['abc', 'abc'],
    ['🏒🏒🏒', '🏒🏒🏒'],
  ]);
  const message = 'field must be one line of text, 1 to 3 characters long';
  refuses(decorator, message, [
    '',
    '  ',
    'abcd',
    'a\nb',
    'a\u0000',
    7,
    null,
    undefined,
    ['a'],
    { length: 2 },
  ]);
});

describe('IsTimestamp', () => {
  accepts(IsTimestamp, [
    ['2026-01-31T18:30:00Z', new Date('2026-01-31T18:30:00Z')],
    ['2026-01-31T18:30:00.5+01:00', new Date('2026-01-31T17:30:00.500Z')],
  ]);
  const message = 'field must be a timestamp with a time zone, for example 2026-01-31T18:30:00Z';
  refuses(IsTimestamp, message, [
    '2026-01-31',
    '2026-01-31T18:30:00',
    '2026-02-30T18:30:00Z',
    '',
    'now',
    1769884200,
    null,
    true,
  ]);
});

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

describe('IsWebAddress', () => {
  accepts(IsWebAddress, [
    [' https://a.example/x?y=1 ', 'https://a.example/x?y=1'],
    ['http://localhost/x', 'http://localhost/x'],
  ]);
  const message = 'field must be an http or https address';
  refuses(IsWebAddress, message, ['a.example', 'javascript:alert(1)', 'ftp://a.example', '//a.example', '']);
});

describe('IsId', () => {
  accepts(IsId, [['019AA000-0000-7000-8000-00000000000A', '019aa000-0000-7000-8000-00000000000a']]);
  refuses(IsId, 'field must be a UUID', ['7', '', '019aa000-0000-7000-8000-00000000000', 7]);
});

describe('MayBeOmitted', () => {
  const decorator = (): PropertyDecorator => (target, key) =>
    [MayBeOmitted(), IsPlainText(3)].forEach((apply) => apply(target, key));
  accepts(decorator, [
    [undefined, undefined],
    ['abc', 'abc'],
  ]);
  refuses(decorator, 'field must be one line of text, 1 to 3 characters long', [null, '']);
});

describe('LowerCased', () => {
  const decorator = (): PropertyDecorator => (target, key) =>
    [LowerCased(), Allow()].forEach((apply) => apply(target, key));
  accepts(decorator, [
    [' ABC ', 'abc'],
    [7, 7],
    [null, null],
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
