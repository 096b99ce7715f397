/** Types of the drawn columns: which there are, what each can become, and the expressions that fit it. */
import type { TypeModel } from './model';

type Family =
  'whole' | 'number' | 'text' | 'boolean' | 'moment' | 'json' | 'enum' | 'network' | 'bits' | 'other';

/** Every type that TypeORM's Postgres driver knows and that needs no extension. */
export const TYPES: readonly TypeModel[] = [
  { name: 'smallint' },
  { name: 'integer' },
  { name: 'bigint' },
  { name: 'numeric', precision: 10, scale: 3 },
  { name: 'numeric', precision: 5, scale: 1 },
  { name: 'numeric' },
  { name: 'real' },
  { name: 'double precision' },
  { name: 'money' },
  { name: 'character varying', length: 20 },
  { name: 'character varying', length: 100 },
  { name: 'character varying' },
  { name: 'character', length: 8 },
  { name: 'text' },
  { name: 'boolean' },
  { name: 'uuid' },
  { name: 'date' },
  { name: 'time without time zone' },
  { name: 'time with time zone', precision: 3 },
  { name: 'timestamp without time zone' },
  { name: 'timestamp with time zone' },
  { name: 'timestamp with time zone', precision: 3 },
  { name: 'interval' },
  { name: 'json' },
  { name: 'jsonb' },
  { name: 'jsonpath' },
  { name: 'bytea' },
  { name: 'inet' },
  { name: 'cidr' },
  { name: 'macaddr' },
  { name: 'macaddr8' },
  { name: 'bit', length: 3 },
  { name: 'bit varying', length: 9 },
  { name: 'point' },
  { name: 'circle' },
  { name: 'int4range' },
  { name: 'tstzrange' },
  { name: 'nummultirange' },
  { name: 'tsvector' },
  { name: 'enum', labels: ['new', 'open', 'closed'] },
  { name: 'enum', labels: ['goalie', "left 'wing'", 'Center'] },
];

const FAMILIES: Readonly<Record<string, Family>> = {
  smallint: 'whole',
  integer: 'whole',
  bigint: 'whole',
  numeric: 'number',
  real: 'number',
  'double precision': 'number',
  'character varying': 'text',
  character: 'text',
  text: 'text',
  boolean: 'boolean',
  date: 'moment',
  'timestamp without time zone': 'moment',
  'timestamp with time zone': 'moment',
  json: 'json',
  jsonb: 'json',
  enum: 'enum',
  inet: 'network',
  cidr: 'network',
  bit: 'bits',
  'bit varying': 'bits',
};

export const familyOf = ({ name }: TypeModel): Family => FAMILIES[name] ?? 'other';

const WHOLE: readonly TypeModel[] = [{ name: 'smallint' }, { name: 'integer' }, { name: 'bigint' }];
const NUMBER: readonly TypeModel[] = [
  { name: 'numeric', precision: 12, scale: 4 },
  { name: 'numeric', precision: 6, scale: 1 },
  { name: 'numeric' },
  { name: 'real' },
  { name: 'double precision' },
];
const TEXT: readonly TypeModel[] = [
  { name: 'text' },
  { name: 'character varying', length: 60 },
  { name: 'character varying', length: 12 },
  { name: 'character varying' },
];
const MOMENT: readonly TypeModel[] = [
  { name: 'date' },
  { name: 'timestamp without time zone' },
  { name: 'timestamp with time zone' },
  { name: 'timestamp with time zone', precision: 2 },
  { name: 'timestamp without time zone', precision: 0 },
];

const BECOMES: Readonly<Record<Family, readonly TypeModel[]>> = {
  whole: [...WHOLE, ...WHOLE, ...NUMBER, TEXT[0]!],
  number: [...NUMBER, ...WHOLE, TEXT[0]!],
  text: [
    ...TEXT,
    ...TEXT,
    { name: 'character', length: 30 },
    { name: 'integer' },
    { name: 'date' },
    { name: 'uuid' },
  ],
  boolean: [{ name: 'integer' }, TEXT[0]!],
  moment: [...MOMENT, TEXT[0]!],
  json: [{ name: 'json' }, { name: 'jsonb' }, TEXT[0]!],
  enum: [...TEXT, { name: 'enum', labels: ['new', 'open', 'closed', 'goalie', "left 'wing'", 'Center'] }],
  network: [{ name: 'inet' }, { name: 'cidr' }, TEXT[0]!],
  bits: [
    { name: 'bit varying', length: 12 },
    { name: 'bit varying', length: 3 },
    { name: 'bit', length: 3 },
  ],
  other: TEXT,
};

/** Other types that hold the same values, all or some of them. An array stays one. */
export function becomes(type: TypeModel): readonly TypeModel[] {
  return BECOMES[familyOf(type)]
    .map((other) => (type.array ? { ...other, array: true } : other))
    .filter((other) => JSON.stringify(other) !== JSON.stringify(type));
}

const UNORDERED = new Set(['json', 'jsonpath', 'point', 'circle']);

/** Whether a B-tree can hold it, so that it can be in an index or a unique rule. */
export const isOrdered = ({ name }: TypeModel): boolean => !UNORDERED.has(name);

/** Whether a few drawn rows hardly ever have the same value twice. */
export const isMostlyDistinct = ({ name, array }: TypeModel): boolean =>
  !array && !['boolean', 'enum', 'bit', 'bit varying', 'bytea', 'json', 'jsonb', 'jsonpath'].includes(name);

/** A default as entities of the type would have it: a value, its quotes doubled because TypeORM does not, or an expression. */
export function defaultOf(type: TypeModel, variant: 1 | 2): unknown {
  if (type.array) return () => `'{}'`;
  switch (familyOf(type)) {
    case 'whole':
    case 'number':
      return variant;
    case 'text':
      return variant === 1 ? 'x' : "it''s";
    case 'boolean':
      return variant === 1;
    case 'moment':
      return variant === 1 ? () => 'now()' : type.name === 'date' ? '2020-02-29' : '2020-02-29 10:00:00';
    case 'json':
      return variant === 1 ? {} : { a: 1 };
    case 'enum':
      return type.labels![variant % type.labels!.length]!.replace(/'/g, "''");
    default:
      return type.name === 'uuid' ? () => 'gen_random_uuid()' : undefined;
  }
}

/** The expression of a computed column of the same type. */
export function computedFrom(type: TypeModel, column: string, form: 0 | 1): string {
  if (type.array) return form === 0 ? column : `coalesce(${column}, ${column})`;
  switch (familyOf(type)) {
    case 'whole':
    case 'number':
      return form === 0 ? `- ${column}` : `abs(${column})`;
    case 'boolean':
      return form === 0 ? `NOT ${column}` : column;
    case 'text':
      return form === 0 ? `lower(${column})` : `upper(${column})`;
    default:
      return form === 0 ? column : `coalesce(${column}, ${column})`;
  }
}

/** Forms 0 and 1 let nearly every value pass, form 2 does not. */
export function checkOf(type: TypeModel, column: string, form: 0 | 1 | 2): string {
  if (type.array) return `cardinality(${column}) <= ${[50, 40, 1][form]}`;
  switch (familyOf(type)) {
    case 'whole':
    case 'number':
      return [
        `${column} > -2000000000000000`,
        `${column} BETWEEN -1000000000000000 AND 1000000000000000`,
        `${column} >= 0`,
      ][form]!;
    case 'text':
      return [`length(${column}) < 200`, `${column} <> 'nobody'`, `${column} ~ '^[0-9]+'`][form]!;
    case 'enum':
      return `${column}::text <> 'nobody${form}'`;
    default:
      return [`${column} IS NOT NULL OR true`, `num_nulls(${column}) < 2`, `${column} IS NOT NULL`][form]!;
  }
}
