import { carefulCast } from './careful-cast';

const ALTER = 'alter table "public"."Team members" alter column "Full name" set data type';

it.each(['character varying(50)', 'character(3)'])('lets Postgres refuse what %s cannot hold', (type) => {
  expect(carefulCast(`${ALTER} ${type} using "Full name"::${type}`)).toBe(`${ALTER} ${type}`);
});

it.each([
  `${ALTER} integer using "Full name"::integer`,
  `${ALTER} character varying(50)[] using "Full name"::character varying(50)[]`,
  `${ALTER} character varying(50)`,
  `comment on table "a" is '${ALTER} character(3) using x'`,
])('leaves %s', (statement) => {
  expect(carefulCast(statement)).toBe(statement);
});
