/** Pure: a type as `format_type` prints it -> its parts. https://www.postgresql.org/docs/current/datatype.html */

export interface SqlType {
  /** Without length, precision and brackets: `character varying`, `timestamp with time zone`, `users_role_enum`. */
  readonly name: string;
  /** What stood in brackets: a length, or precision and scale. */
  readonly modifiers: readonly number[];
  readonly isArray: boolean;
}

export type TypeFamily = 'text' | 'number' | 'boolean' | 'moment' | 'json' | 'other';

const FAMILIES: Readonly<Record<string, TypeFamily>> = {
  text: 'text',
  'character varying': 'text',
  character: 'text',
  citext: 'text',
  name: 'text',
  smallint: 'number',
  integer: 'number',
  bigint: 'number',
  numeric: 'number',
  real: 'number',
  'double precision': 'number',
  boolean: 'boolean',
  date: 'moment',
  'timestamp without time zone': 'moment',
  'timestamp with time zone': 'moment',
  json: 'json',
  jsonb: 'json',
};

/** What people write and `format_type` prints otherwise. */
const ALIASES: Readonly<Record<string, string>> = {
  varchar: 'character varying',
  char: 'character',
  bpchar: 'character',
  int: 'integer',
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  decimal: 'numeric',
  float4: 'real',
  float8: 'double precision',
  bool: 'boolean',
  timestamp: 'timestamp without time zone',
  timestamptz: 'timestamp with time zone',
  time: 'time without time zone',
  timetz: 'time with time zone',
  varbit: 'bit varying',
};

export function parseSqlType(printed: string): SqlType {
  const isArray = printed.endsWith('[]');
  const element = isArray ? printed.slice(0, -2) : printed;
  if (element.startsWith('"')) return { name: element, modifiers: [], isArray };
  const [, before = element, modifiers = '', after = ''] =
    /^([^(]*?) *\(([\d, -]*)\)(.*)$/.exec(element) ?? [];
  const name = `${before}${after}`.trim();
  return {
    name: ALIASES[name] ?? name,
    modifiers: modifiers === '' ? [] : modifiers.split(',').map(Number),
    isArray,
  };
}

export function familyOf({ name }: SqlType): TypeFamily {
  return FAMILIES[name] ?? 'other';
}
