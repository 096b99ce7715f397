import { checksum } from './checksum';

const MIGRATION = `
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddTeams1764000000000 implements MigrationInterface {
  static dependsOn = ['user-service:InitialSchema', 'user-service:AddClubs'];

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(\`create table teams (name text, size int default 25)\`);
    await queryRunner.query(\`insert into teams values ($1, \${1 + 2})\`, ["it's"]);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('drop table teams');
  }
}
`;

const changed = (from: string | RegExp, to: string): string => {
  const code = MIGRATION.replace(from, to);
  if (code === MIGRATION) throw new Error(`${from} is not in the migration`);
  return checksum(code);
};

it('is SHA-256: 64 hexadecimal digits, and does not depend on the version of any library', () => {
  expect(checksum('class A1 {}')).toBe('45bded418505058b7a4aaf033c9f82af67bf48a78c344d24bcf1bd2cc7b1f820');
});

it.each([
  [
    'a comment at the end of a line',
    "await queryRunner.query('drop",
    "// why\n await queryRunner.query('drop",
  ],
  ['a comment within a statement', "query('drop table teams')", "query(/* gone */ 'drop table teams')"],
  ['a documentation comment', 'export class', '/** What it does. */\nexport class'],
  ['a comment at the end of the file', /$/, '// the end'],
  ['line breaks', "query('drop table teams')", "query(\n      'drop table teams'\n    )"],
  ['Windows line ends outside templates', /\n {2}async/g, '\r\n  async'],
  ['indentation', /^ {4}/gm, '\t\t'],
  ['double quotes', "'drop table teams'", '"drop table teams"'],
  ['quotes and what they escape', `["it's"]`, `['it\\'s']`],
  ['a trailing comma in a call', "'drop table teams')", "'drop table teams',)"],
  ['a trailing comma in an array', "'user-service:AddClubs']", "'user-service:AddClubs',\n]"],
  ['a trailing comma before a comment', "'drop table teams')", "'drop table teams', // all of it\n)"],
  ['semicolons', /;/g, ''],
  [
    'an exception for the linter',
    '  static',
    "  static lint = { 'squawk/ban-drop-table': 'it is { empty }' };\n  static",
  ],
  [
    'a reason for being irreversible',
    '  static',
    "  static readonly irreversible = 'the rows ' +\n 'are gone'\n  static",
  ],
  [
    'what it replaces',
    '  static',
    "  static replaces = [\n    'AddClubs', // the first\n    'AddPlayers',\n  ];\n\n  static",
  ],
])('does not change with %s', (_, from, to) => {
  expect(changed(from, to)).toBe(checksum(MIGRATION));
});

it.each([
  ['a letter of the SQL', 'create table teams', 'create table team'],
  ['the case of the SQL', 'create table teams', 'CREATE table teams'],
  ['white space in the SQL', 'create table teams', 'create table  teams'],
  ['a comment in the SQL', 'create table teams', 'create /* why */ table teams'],
  ['a semicolon in the SQL', 'default 25)', 'default 25);'],
  ['a trailing comma in the SQL', 'default 25)', 'default 25,)'],
  ['what is put into a template', '${1 + 2}', '${1 + 3}'],
  ['another static', '  static', '  static transaction = false;\n  static'],
  ['what comes after a remark', '  static', "  static lint = {}; static gate = 'switch';\n  static"],
  [
    'what comes after what it replaces',
    '  static',
    "  static replaces = ['A']; static gate = 'switch';\n  static",
  ],
  ['an operator', '${1 + 2}', '${1 - 2}'],
  ['SQL in a string', 'drop table teams', 'drop table if exists teams'],
  ['a parameter', `["it's"]`, `["its"]`],
  ['the class name', 'AddTeams', 'AddTeam'],
  ['the timestamp', '1764000000000', '1764000000001'],
  ['a dependsOn', 'AddClubs', 'AddPlayers'],
  [
    'the order of elements',
    "'user-service:InitialSchema', 'user-service:AddClubs'",
    "'user-service:AddClubs', 'user-service:InitialSchema'",
  ],
  ['a statement left out', "await queryRunner.query('drop table teams');", ''],
  ['a statement turned into a comment', "await queryRunner.query('drop", "// await queryRunner.query('drop"],
  ['a missing await', "await queryRunner.query('drop", "queryRunner.query('drop"],
])('changes with %s', (_, from, to) => {
  expect(changed(from, to)).not.toBe(checksum(MIGRATION));
});

it.each([
  ['parentheses of a lone parameter', 'f((row) => row)', 'f(row => row)'],
  ['parentheses of the lone parameter of an async function', 'f(async (row) => row)', 'f(async row => row)'],
  ['parentheses around what is returned', 'return (a && b);', 'return a && b'],
  [
    'parentheses around what is returned, before the next statement',
    'return (a && b)\nf()',
    'return a && b;\nf()',
  ],
  ['parentheses around the body of an arrow function', 'f((a) => (a ? 1 : 2), 3)', 'f(a => a ? 1 : 2, 3)'],
  ['parentheses around what is thrown', 'throw (a || b)', 'throw a || b'],
  ['quotes of a property', `f({ 'a': 1, "b-c": 2 })`, `f({ a: 1, 'b-c': 2 })`],
  ['the bar before a union', 'type A =\n  | B\n  | C;', 'type A = B | C'],
])('does not change with %s', (_, one, other) => {
  expect(checksum(one)).toBe(checksum(other));
});

it.each([
  ['a comma between two elements, and none', `f('a', 'b')`, `f('a' 'b')`],
  ['two names, and one', 'a b', 'ab'],
  ['a string and a name', `f('a')`, 'f(a)'],
  ['a string and a template', `f('a')`, 'f(`a`)'],
  ['a comment sign in a string', `f('// a')`, `f('')`],
  ['where one string ends and the next begins', `f('a', 'bc')`, `f('ab', 'c')`],
  ['a backslash before a quote', String.raw`f('\\\'')`, String.raw`f('\'')`],
  ['a backslash and an escaped quote', String.raw`f('\\\'')`, String.raw`f("\\\\'")`],
  ['an object and a block', 'f(() => ({}))', 'f(() => {})'],
  ['one value and two arguments', 'f(() => (a, b))', 'f(() => a, b)'],
  ['a property of what is returned', 'return (a || b).c', 'return a || b.c'],
  ['an operator after the parenthesis', 'return (a || b) && c', 'return a || b && c'],
  ['a word that is an operator after the parenthesis', 'return (a || b) in c', 'return a || b in c'],
  ['a grouped sum', 'f((a + b) * c)', 'f(a + b * c)'],
  ['a string and a name that are chosen between', `f(a ? 'b' : c)`, 'f(a ? b : c)'],
  ['a destructuring with default and one parameter', 'f((a = b) => a)', 'f((a) => a)'],
  ['an escape and the letter', String.raw`f('\n')`, `f('n')`],
])('tells apart %s', (_, one, other) => {
  expect(checksum(one)).not.toBe(checksum(other));
});
