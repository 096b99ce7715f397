import { isWithin, JsonPathError, parseJsonPath, printJsonPath } from './json-path';

const key = (name: string) => ({ kind: 'key', key: name });
const elements = { kind: 'elements' };

describe('parseJsonPath', () => {
  it.each([
    ['coach', [key('coach')]],
    ['coach.id', [key('coach'), key('id')]],
    ['coachIds[*]', [key('coachIds'), elements]],
    ['lines[*].players[*].id', [key('lines'), elements, key('players'), elements, key('id')]],
    ['[*]', [elements]],
    ['[*].id', [elements, key('id')]],
    ['pairs[*][*]', [key('pairs'), elements, elements]],
    ['"home.team"."a \\"b\\""', [key('home.team'), key('a "b"')]],
    ['"$".$ref', [key('$'), key('$ref')]],
    ['größe-2_x', [key('größe-2_x')]],
    ['7.id', [key('7'), key('id')]],
  ])('%s', (path, steps) => {
    expect(parseJsonPath(path)).toEqual(steps);
    expect(printJsonPath(parseJsonPath(path))).toBe(path);
  });

  it.each([
    ['', 'the JSON path "" is wrong at character 1: it is empty; write keys'],
    ['$.id', `the JSON path "$.id" is wrong at character 1: it begins at the document's root without $`],
    ['a..b', 'the JSON path "a..b" is wrong at character 3: a key is missing'],
    ['a.', 'the JSON path "a." is wrong at character 3: a key is missing'],
    ['.a', 'the JSON path ".a" is wrong at character 1: a key is missing'],
    ['a b', 'the JSON path "a b" is wrong at character 2: a dot is missing'],
    [
      'a[0]',
      'the JSON path "a[0]" is wrong at character 2: one element cannot be chosen; [*] means all of them.',
    ],
    ['a[*]b', 'the JSON path "a[*]b" is wrong at character 5: a dot is missing'],
    ['a.[*]', 'the JSON path "a.[*]" is wrong at character 3: a key is missing'],
    [
      'a.*',
      'the JSON path "a.*" is wrong at character 3: the values of all keys cannot be meant; name each key.',
    ],
    ['"a', 'the JSON path "\\"a" is wrong at character 1: a key is missing'],
    ['"\\q"', 'the JSON path "\\"\\\\q\\"" is wrong at character 1: "\\q" is no JSON string.'],
  ])('refuses %j', (path, message) => {
    expect(() => parseJsonPath(path)).toThrow(JsonPathError);
    expect(() => parseJsonPath(path)).toThrow(message);
  });
});

describe('isWithin', () => {
  it.each([
    ['coach.id', 'coach', true],
    ['coach', 'coach', true],
    ['coach', 'coach.id', false],
    ['coach[*]', 'coach.id', false],
    ['coaches.id', 'coach', false],
  ])('%s in %s: %s', (path, start, expected) => {
    expect(isWithin(parseJsonPath(path), parseJsonPath(start))).toBe(expected);
  });
});
