import { inlineParameters } from './inline-parameters';

it.each([
  ['a string', ['club'], `'club'`],
  ['quotes', [`it's`], `'it''s'`],
  ['backslashes', ['C:\\temp'], String.raw`E'C:\\temp'`],
  ['a number', [4.5], `'4.5'`],
  ['a large number', [2n ** 60n], `'1152921504606846976'`],
  ['a boolean', [true], `'true'`],
  ['null', [null], 'NULL'],
  ['undefined', [undefined], 'NULL'],
  ['an array', [['a', 'b "c"', null]], String.raw`E'{"a","b \\"c\\"",NULL}'`],
  ['an object', [{ a: [1] }], `'{"a":[1]}'`],
  ['bytes', [Buffer.from([0, 255])], String.raw`'\x00ff'`],
  ['what looks like a placeholder', ['$1 $2'], `'$1 $2'`],
])('writes %s as a literal', (_, parameters, expected) => {
  expect(inlineParameters('select $1', parameters)).toBe(`select ${expected}`);
});

it('tells $1 from $10, and takes one as often as it is named', () => {
  const parameters = Array.from({ length: 10 }, (_, index) => `p${index + 1}`);
  expect(inlineParameters('$1, $10, $2, $1', parameters)).toBe(`'p1', 'p10', 'p2', 'p1'`);
});

it.each([
  ['a string', `select 'costs $1', $1`, `select 'costs $1', 'x'`],
  ['an E string', String.raw`select E'\'$1', $1`, String.raw`select E'\'$1', 'x'`],
  ['an identifier', `select "$1", $1`, `select "$1", 'x'`],
  ['a word', `select a$1, $1`, `select a$1, 'x'`],
  ['a function body', `do $$ select $1 $$`, `do $$ select $1 $$`],
  ['a comment', `select $1 -- $1`, `select 'x' -- $1`],
])('leaves $1 as it is within %s', (_, sql, expected) => {
  expect(inlineParameters(sql, ['x'])).toBe(expected);
});

it('leaves everything as it is without parameters', () => {
  expect(inlineParameters('select $1', [])).toBe('select $1');
});

it('leaves a placeholder that has no parameter', () => {
  expect(inlineParameters('select $1, $2', ['a'])).toBe(`select 'a', $2`);
});
