import { typeChange } from './type-change';

const TYPES = [
  'smallint', 'integer', 'bigint', 'numeric', 'numeric(5,2)', 'real', 'double precision', 'money', 'boolean',
  'text', 'character varying', 'character varying(5)', 'character(5)', 'citext', 'uuid', 'bytea',
  'date', 'timestamp without time zone', 'timestamp(3) with time zone', 'time without time zone', 'interval',
  'json', 'jsonb', 'inet', 'cidr', 'macaddr', 'macaddr8', 'bit(3)', 'bit(5)', 'bit varying(5)', 'xml', 'point',
  'int4range', 'tsvector', 'mood', '"Other mood"',
].flatMap((type) => [type, `${type}[]`]); // prettier-ignore

const of = (type: string) => ({ type, enum: /mood/.test(type) ? type.replace(/["[\]]/g, '') : null });

// A change that has a way there and none back would have a `down` that loses what `up` kept.
it.each(TYPES)('a way from %s to another type is never without a way back', (type) => {
  const oneWay = TYPES.filter((other) => typeChange(of(type), of(other)) && !typeChange(of(other), of(type)));
  expect(oneWay).toEqual([]);
});

it('keeps every value of a type that stays', () => {
  for (const type of TYPES.filter((name) => !name.includes('mood'))) {
    expect({ type, ...typeChange(of(type), of(type)) }).toEqual({ type, using: null, alters: null });
  }
});
