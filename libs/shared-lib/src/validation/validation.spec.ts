import { Allow } from 'class-validator';
import { accepts, refuses } from '../testing/judge';
import { ExpectsVersion } from './expects-version';
import { IsId } from './is-id';
import { IsPlainText } from './is-plain-text';
import { IsTimestamp } from './is-timestamp';
import { IsWebAddress } from './is-web-address';
import { LowerCased } from './lower-cased';
import { MayBeOmitted } from './may-be-omitted';
import { Trimmed } from './trimmed';

const together =
  (...decorators: (() => PropertyDecorator)[]) =>
  (): PropertyDecorator =>
  (target, key) =>
    decorators.forEach((decorator) => decorator()(target, key));

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

describe('IsPlainText, each', () => {
  const decorator = () => IsPlainText(3, { each: true });
  accepts(decorator, [
    [
      [' ab ', 'c'],
      ['ab', 'c'],
    ],
    [[], []],
  ]);
  const message = 'each value in field must be one line of text, 1 to 3 characters long';
  refuses(decorator, message, [['a', ''], ['abcd'], ['a\nb'], [7], [['a']]]);
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
  accepts(
    () => IsId({ each: true }),
    [[['019AA000-0000-7000-8000-00000000000A '], ['019aa000-0000-7000-8000-00000000000a']]],
  );
  refuses(() => IsId({ each: true }), 'each value in field must be a UUID', [['7'], [7]]);
});

describe('MayBeOmitted', () => {
  const decorator = together(MayBeOmitted, () => IsPlainText(3));
  accepts(decorator, [
    [undefined, undefined],
    ['abc', 'abc'],
  ]);
  refuses(decorator, 'field must be one line of text, 1 to 3 characters long', [null, '']);
});

describe('LowerCased', () => {
  const decorator = together(LowerCased, Allow);
  accepts(decorator, [
    [' ABC ', 'abc'],
    [7, 7],
    [null, null],
    [
      [' A ', 7],
      ['a', 7],
    ],
  ]);
});

describe('Trimmed', () => {
  accepts(together(Trimmed, Allow), [
    [' A b ', 'A b'],
    [7, 7],
    [
      [' A ', null],
      ['A', null],
    ],
  ]);
});

describe('ExpectsVersion', () => {
  accepts(ExpectsVersion, [
    [undefined, undefined],
    [1, 1],
    [2 ** 31 - 1, 2 ** 31 - 1],
  ]);
  refuses(ExpectsVersion, 'field must not be less than 1', [0, -1]);
  refuses(ExpectsVersion, 'field must not be greater than 2147483647', [2 ** 31]);
  refuses(ExpectsVersion, 'field must be an integer number', [1.5]);
});
