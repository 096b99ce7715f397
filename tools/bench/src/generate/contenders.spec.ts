import { makesTable } from './contenders';

it.each([
  'await queryRunner.query(`create table "public"."arenas" (id uuid)`)',
  'await queryRunner.query(`CREATE TABLE "arenas" ("id" uuid)`)',
  String.raw`query("CREATE TABLE \"arenas\" (id)")`,
  'CREATE TABLE arenas (id uuid)',
])('finds the table in %s', (printed) => {
  expect(makesTable(printed, 'arenas')).toBe(true);
});

it.each([
  'No changes in database schema were found',
  'CREATE TABLE "arenas_old" (id)',
  'DROP TABLE "arenas"',
])('does not find it in %s', (printed) => {
  expect(makesTable(printed, 'arenas')).toBe(false);
});
