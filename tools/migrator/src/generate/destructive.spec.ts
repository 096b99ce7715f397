import { losses } from './destructive';

it.each([
  ['drop table "public"."users"', 'users'],
  ['DROP TABLE IF EXISTS users CASCADE', 'users'],
  ['drop table "legacy"."users"', 'legacy.users'],
  ['drop table "public"."Team members"', 'Team members'],
  ['drop table "public"."a ""b"" c"', 'a "b" c'],
  ['alter table "public"."users" drop column "email"', 'users.email'],
  ['alter table users drop column if exists email', 'users.email'],
  ['alter table only "public"."users" drop column "e mail" cascade', 'users.e mail'],
  ['alter table "public"."Team members" drop column "Full name"', 'Team members.Full name'],
  ['alter table "legacy"."drop column x" drop column "y"', 'legacy.drop column x.y'],
  ['drop materialized view if exists "public"."standings"', 'standings'],
])('%s loses %s', (statement, loss) => {
  expect(losses([statement])).toEqual([loss]);
});

it.each([
  'create table "public"."drop table" (a int)',
  'alter table "public"."users" drop constraint "uq_users_email"',
  'alter table "public"."users" alter column "a" drop not null',
  'alter table "public"."users" alter column "a" drop default',
  'alter table "public"."users drop column a" add column "b" int',
  'drop index if exists "public"."drop table users"',
  'drop view if exists "public"."active_users"',
  'drop type "public"."status"',
  `comment on table "public"."users" is 'drop table users'`,
])('%s loses nothing', (statement) => {
  expect(losses([statement])).toEqual([]);
});

it('tells every loss, in order', () => {
  expect(losses(['drop table "b"', 'create table "c" ()', 'alter table "a" drop column "x"'])).toEqual([
    'b',
    'a.x',
  ]);
});
