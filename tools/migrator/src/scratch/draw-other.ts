/** Pure: values of the types that have no family: one line a type. */
import type { Random } from './random';
import type { SqlType } from './sql-type';

type Draw = (random: Random, type: SqlType) => string;

const hex = (random: Random, digits: number) =>
  Array.from({ length: digits }, () => random.integer(0, 15).toString(16)).join('');
const two = (value: number) => String(value).padStart(2, '0');
const bits = (random: Random, count: number) =>
  Array.from({ length: count }, () => random.integer(0, 1)).join('');
const small = (random: Random) => random.integer(-999, 999);
const point = (random: Random) => `(${small(random)},${small(random)})`;
const clock = (random: Random, { modifiers: [precision = 6] }: SqlType) =>
  `${two(random.integer(0, 23))}:${two(random.integer(0, 59))}:${two(random.integer(0, 59))}` +
  (precision === 0 ? '' : `.${String(random.integer(0, 10 ** precision - 1)).padStart(precision, '0')}`);
const octets = (random: Random, count: number) => Array.from({ length: count }, () => random.integer(0, 255));
const range = (random: Random): readonly [number, number] => {
  const from = small(random);
  return [from, from + random.integer(1, 99)];
};
const numberRange: Draw = (random) => `[${range(random).join(',')})`;
const timeRange =
  (zone: string): Draw =>
  (random) => {
    const [from, to] = [random.integer(1970, 2000), random.integer(2001, 2030)];
    return `["${from}-02-03 04:05:06${zone}","${to}-02-03 04:05:06${zone}")`;
  };
const dateRange: Draw = (random) =>
  `[${random.integer(1970, 2000)}-02-03,${random.integer(2001, 2030)}-02-03)`;
const multi =
  (draw: Draw): Draw =>
  (random, type) =>
    random.chance(0.2) ? '{}' : `{${draw(random, type)}}`;

const DRAWS: Readonly<Record<string, Draw>> = {
  // Version 7 in shape, so that what checks for a version or variant is content.
  uuid: (random) =>
    `${hex(random, 8)}-${hex(random, 4)}-7${hex(random, 3)}-${random.pick(['8', '9', 'a', 'b'])}${hex(random, 3)}-${hex(random, 12)}`,
  'time without time zone': clock,
  'time with time zone': (random, type) => `${clock(random, type)}+02`,
  interval: (random, type) =>
    `${random.integer(0, 99)} mons ${random.integer(0, 99)} days ${clock(random, type)}`,
  bytea: (random) => `\\x${hex(random, 2 * random.integer(0, 12))}`,
  inet: (random) => octets(random, 4).join('.'),
  cidr: (random) => `${octets(random, 3).join('.')}.0/24`,
  macaddr: (random) => hex(random, 12),
  macaddr8: (random) => hex(random, 16),
  money: (random) => `${random.integer(0, 99_999)}.${two(random.integer(0, 99))}`,
  bit: (random, { modifiers: [length = 1] }) => bits(random, length),
  'bit varying': (random, { modifiers: [length = 16] }) =>
    bits(random, random.integer(0, Math.min(length, 16))),
  oid: (random) => String(random.integer(1, 9_999_999)),
  point: (random) => point(random),
  line: (random) => `{1,${small(random)},${small(random)}}`,
  lseg: (random) => `[${point(random)},${point(random)}]`,
  box: (random) => `${point(random)},${point(random)}`,
  path: (random) => `[${point(random)},${point(random)},${point(random)}]`,
  polygon: (random) => `(${point(random)},${point(random)},${point(random)})`,
  circle: (random) => `<${point(random)},${random.integer(1, 99)}>`,
  int4range: numberRange,
  int8range: numberRange,
  numrange: numberRange,
  tsrange: timeRange(''),
  tstzrange: timeRange('+00'),
  daterange: dateRange,
  int4multirange: multi(numberRange),
  int8multirange: multi(numberRange),
  nummultirange: multi(numberRange),
  tsmultirange: multi(timeRange('')),
  tstzmultirange: multi(timeRange('+00')),
  datemultirange: multi(dateRange),
  tsvector: (random) => `'word${small(random)}':1 'puck':2`,
  tsquery: (random) => `'word${random.integer(0, 999)}' & 'puck'`,
  jsonpath: (random) => `$."a"[${random.integer(0, 9)}]`,
  pg_lsn: (random) => `0/${random.integer(1, 0xffffff).toString(16).toUpperCase()}`,
  // Extensions.
  hstore: (random) => `"a"=>"${small(random)}", "b"=>NULL`,
  ltree: (random) => `club.team_${random.integer(0, 999)}`,
};

/** Null for a type that is not known here. */
export function drawOther(type: SqlType, random: Random): string | null {
  const draw = DRAWS[type.name];
  if (draw) return draw(random, type);
  // With fields, as in "interval day to second", Postgres drops what the type does not keep.
  if (type.name.startsWith('interval ')) return `${random.integer(0, 9)} mons ${random.integer(0, 9)} days`;
  return null;
}
