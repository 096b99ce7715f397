import { oneLine } from './one-line';

it.each([
  ['white space', '\n create  table\n\ta (\n  b int\n);\n', 'create table a ( b int )'],
  ['a lone semicolon at the end', 'select 1 ;', 'select 1'],
  ['strings', `select 'a  \n b' ,  1`, `select 'a  \n b' , 1`],
  ['strings with quotes', `select 'it''s  a'  , 'b  c'`, `select 'it''s  a' , 'b  c'`],
  [
    'E strings with escaped quotes',
    String.raw`select E'it\'s  a'  ,  E'\\'`,
    String.raw`select E'it\'s  a' , E'\\'`,
  ],
  ['quoted identifiers', `alter  table "a  b"  add  "c'd"  int`, `alter table "a  b" add "c'd" int`],
  [
    'dollar quotes',
    `create function f()  as $$\n  it's  ;\n$$  ;`,
    `create function f() as $$\n  it's  ;\n$$`,
  ],
  ['tagged dollar quotes', `as $body$ $$  a  $$ $body$  x`, `as $body$ $$  a  $$ $body$ x`],
  ['a comment with a quote', `create table a ( -- it's  a\n  b  int )`, 'create table a ( b int )'],
  ['a comment between', `a /* it's */  b`, 'a b'],
  ['a comment without spaces', `a/**/b`, 'a b'],
])('keeps what means something and drops the rest: %s', (_, statement, expected) => {
  expect(oneLine(statement)).toBe(expected);
});
