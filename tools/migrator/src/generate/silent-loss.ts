/** Pure: conditions in SQL that find the values which a change of type would round, cut or drop without a word. */
import { familyOf, type SqlType } from '../scratch/sql-type';

/** From an expression for the value to a condition that is true for those that would not come through whole. */
export type Condition = (value: string) => string;

const FLOATS = ['real', 'double precision'];

/** A number that the new type writes as another decimal. */
export function isOtherNumber(old: SqlType, wanted: SqlType, target: string): Condition {
  // To a shorter float and back: 0.1 is another number in each, though both print it alike.
  if (FLOATS.includes(old.name) && FLOATS.includes(wanted.name)) {
    return (value) => `${value}::${target}::${old.name} is distinct from ${value}`;
  }
  const decimal = (value: string, { name }: SqlType) =>
    FLOATS.includes(name) ? `${value}::text::numeric` : `${value}::numeric`;
  const converted = (value: string) =>
    FLOATS.includes(old.name) && wanted.name === 'numeric'
      ? `${value}::text::${target}`
      : `${value}::${target}`;
  return (value) => `${decimal(converted(value), wanted)} is distinct from ${decimal(value, old)}`;
}

/** @returns null where the new type keeps every day, hour and microsecond */
export function cutsMoment(
  old: SqlType,
  wanted: SqlType,
  inUtc: (value: string) => string,
): Condition | null {
  const moment = (value: string) => `${inUtc(value)}::timestamp`;
  if (wanted.name === 'date')
    return (value) => `${moment(value)}::date::timestamp is distinct from ${moment(value)}`;
  const [digits = 6] = wanted.modifiers;
  if (old.name === 'date' || digits >= (old.modifiers[0] ?? 6)) return null;
  return (value) => `${moment(value)}::timestamp(${digits}) is distinct from ${moment(value)}`;
}

/**
 * A text that is too long for varchar(n) by nothing but spaces: those Postgres cuts off even where it would refuse letters.
 * https://www.postgresql.org/docs/current/datatype-character.html
 */
export function cutsSpaces(length: number): Condition {
  return (value) =>
    `length(${value}::text) > ${length} and rtrim(substr(${value}::text, ${length + 1}), ' ') = ''`;
}

/** Whether a value's text may have spaces at its end that are part of it; those of character(n) are not. */
export function mayEndInSpaces(type: SqlType): boolean {
  const neverDoes = ['number', 'boolean', 'moment'].includes(familyOf(type));
  return !neverDoes && type.name !== 'character' && type.name !== 'uuid';
}

/** A text that is not what the type writes for what it read: the strictest condition, for types of which nothing is known. */
export function readsOtherwise(target: string): Condition {
  return (value) => `${value}::text::${target}::text is distinct from ${value}::text`;
}

/**
 * A text that says more than the new type reads from it: `007` as integer, `1.55` as numeric(3,1), a moment as its day, a name
 * twice. What says the same in other words passes: `1.50` as a number, `yes` as boolean.
 */
export function readsLess({ name, modifiers }: SqlType, target: string): Condition | null {
  if (SAY_THE_SAME.test(name)) return null;
  if (WHOLE.includes(name)) return isWrittenOtherwise(target);
  if (FLOATS.includes(name))
    return anyOf(differs([target, 'text', 'numeric'], ['numeric']), HAS_ZEROS_BEFORE);
  if (name === 'numeric') {
    return anyOf(modifiers.length > 0 ? differs([target], ['numeric']) : null, HAS_ZEROS_BEFORE);
  }
  // Money has its own ways to write a number; what it has no room for is a third decimal.
  if (name === 'money') return matches('~', String.raw`[.]\d{3,}|^[^\d.]*0\d`);
  if (name === 'bit') return (value) => `length(${read(value, 'bit varying')}) <> ${modifiers[0] ?? 1}`;
  if (name === 'bit varying') {
    const [length] = modifiers;
    return length === undefined ? null : (value) => `length(${read(value, 'bit varying')}) > ${length}`;
  }
  if (name === 'jsonb') return (value) => hasDuplicateKeys(read(value, 'json'));
  if (/^(date$|timestamp |time |interval)/.test(name)) return readsLessTime(name, target);
  return readsOtherwise(target);
}

function readsLessTime(name: string, target: string): Condition {
  const whole = name.startsWith('interval') ? 'interval' : name;
  const cuts = target === whole ? null : differs([target], [whole]);
  if (name === 'time without time zone') return anyOf(cuts, matches('!~', `^${CLOCK}$`));
  if (name === 'time with time zone') return anyOf(cuts, matches('!~*', `^${CLOCK}${ZONE}$`));
  if (name !== 'date' && name !== 'timestamp without time zone') return anyOf(cuts, HAS_NANOSECONDS);
  // Read with its zone, if it names one, and then by the clock of the session, as if it named none.
  const inSession = (value: string) =>
    `${read(value, 'timestamp with time zone')} at time zone current_setting('TimeZone')`;
  const says = (value: string) =>
    `${read(value, target, 'timestamp')} is distinct from (${inSession(value)})`;
  return anyOf(says, HAS_NANOSECONDS);
}

const WHOLE = ['smallint', 'integer', 'bigint', 'oid'];
/** They read all that a text can tell them, each in several spellings. */
const SAY_THE_SAME = /^(boolean|uuid|json|jsonpath|inet|cidr|macaddr8?|\w+range)$/;
const CLOCK = String.raw`\s*\d{1,2}:\d{2}(:\d{2}([.]\d{1,6})?)?\s*`;
const ZONE = String.raw`((z|utc|[+-]\d{1,2}(:?\d{2}){0,2})\s*)?`;

const read = (value: string, ...types: string[]) => [`${value}::text`, ...types].join('::');

function differs(as: readonly string[], whole: readonly string[]): Condition {
  return (value) => `${read(value, ...as)} is distinct from ${read(value, ...whole)}`;
}

function matches(operator: '~' | '~*' | '!~' | '!~*', pattern: string): Condition {
  return (value) => `${read(value)} ${operator} '${pattern}'`;
}

function anyOf(...conditions: readonly (Condition | null)[]): Condition {
  return (value) => conditions.flatMap((condition) => condition?.(value) ?? []).join(' or ');
}

/** There is one way to write a whole number, but for spaces around it and a plus. */
function isWrittenOtherwise(target: string): Condition {
  return (value) =>
    String.raw`regexp_replace(${read(value)}, '^\s*\+?|\s+$', '', 'g') is distinct from ${read(value, target, 'text')}`;
}

/** `007`, and `0x1F`: more likely a code than a number. */
const HAS_ZEROS_BEFORE = matches('~*', String.raw`^\s*[+-]?0[^.e\s]`);
/** Postgres rounds to microseconds. */
const HAS_NANOSECONDS = matches('~', String.raw`[.]\d{6}0*[1-9]`);

/** Of several members of one name, jsonb keeps the last. */
export function hasDuplicateKeys(value: string): string {
  const children = [
    `select value from json_each(case json_typeof(node.value) when 'object' then node.value end)`,
    `select value from json_array_elements(case json_typeof(node.value) when 'array' then node.value end)`,
  ].join(' union all ');
  return (
    `exists (with recursive node(value) as (select ${value} union all ` +
    `select child.value from node, lateral (${children}) as child) select from node where case json_typeof(node.value) ` +
    `when 'object' then (select count(*) <> count(distinct name) from json_object_keys(node.value) as name) end)`
  );
}
