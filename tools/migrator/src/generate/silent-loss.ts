/** Pure: conditions in SQL that find the values which a change of type would round, cut or drop without a word. */
import type { SqlType } from '../scratch/sql-type';

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

/** A text that says more than the new type reads from it: `1.55` as numeric(3,1), a moment as its day, a name twice. */
export function readsLess({ name, modifiers }: SqlType, target: string): Condition | null {
  const read = (value: string, ...types: string[]) => [`${value}::text`, ...types].join('::');
  const differs = (as: readonly string[], whole: readonly string[]): Condition => {
    return (value) => `${read(value, ...as)} is distinct from ${read(value, ...whole)}`;
  };
  if (FLOATS.includes(name)) return differs([target, 'text', 'numeric'], ['numeric']);
  // Money has its own ways to write a number; what it has no room for is a third decimal.
  if (name === 'money') return (value) => `${read(value)} ~ '[.][0-9]{3,}'`;
  if (name === 'numeric') return modifiers.length > 0 ? differs([target], ['numeric']) : null;
  if (name === 'date' || name === 'timestamp without time zone') {
    // Read with its zone, if it names one, and then by the clock of the session, as if it named none.
    const whole = (value: string) =>
      `${read(value, 'timestamp with time zone')} at time zone current_setting('TimeZone')`;
    return (value) => `${read(value, target, 'timestamp')} is distinct from (${whole(value)})`;
  }
  if (/^(time|interval)/.test(name)) return modifiers.length > 0 ? differs([target], [name]) : null;
  return name === 'jsonb' ? (value) => hasDuplicateKeys(read(value, 'json')) : null;
}

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
