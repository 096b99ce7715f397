/**
 * Pure: what becomes of a column's values when its type changes. Owns which types Postgres converts and where it would lose
 * something without a word. https://www.postgresql.org/docs/current/catalog-pg-cast.html
 *
 * Postgres itself refuses what does not fit (a long text in varchar(5), 10^12 in integer), as long as no explicit cast tells
 * it to cut; such changes need nothing from us. Where it would round, cut or drop silently, a condition finds the values.
 */
import type { Column } from '../catalog/catalog';
import { parseSqlType, type SqlType } from '../scratch/sql-type';
import {
  cutsMoment,
  cutsSpaces,
  hasDuplicateKeys,
  isOtherNumber,
  mayEndInSpaces,
  readsLess,
  readsOtherwise,
  type Condition,
} from './silent-loss';

export interface TypeChange {
  /** The expression of USING; null where Postgres assigns the old values by itself. */
  readonly using: ((value: string) => string) | null;
  /** True for a value that would not come through whole; null where every value does, or is refused by Postgres. */
  readonly alters: Condition | null;
}

type ColumnType = Pick<Column, 'type' | 'enum'>;

/** @returns undefined where Postgres has no way from one to the other, or none that means the same */
export function typeChange(from: ColumnType, to: ColumnType): TypeChange | undefined {
  const [old, wanted] = [parseSqlType(from.type), parseSqlType(to.type)];
  const isArray = old.isArray && wanted.isArray;
  const change =
    old.isArray === wanted.isArray
      ? elementChange(
          { ...old, isEnum: from.enum !== null },
          { ...wanted, isEnum: to.enum !== null },
          to.type.replace(/\[\]$/, ''),
        )
      : throughText(old, wanted, to.type);
  if (!change) return undefined;
  // USING allows no subquery, so arrays take only what Postgres casts element by element.
  if (isArray && change.expression) return undefined;
  const casts = change.casts?.map((type) => `::${type}${isArray ? '[]' : ''}`).join('');
  const { alters = null } = change;
  return {
    using: change.expression ?? (casts === undefined ? null : (value) => value + casts),
    alters: isArray && alters ? inElements(alters) : alters,
  };
}

const inElements =
  (alters: Condition): Condition =>
  (value) =>
    `exists (select from unnest(${value}) as element(value) where ${alters('element.value')})`;

/** One value's way. Without `casts` and `expression` Postgres assigns it. */
interface ElementChange {
  /** Explicit casts, one after the other. */
  readonly casts?: readonly string[];
  readonly expression?: (value: string) => string;
  readonly alters?: Condition | null;
}

interface ElementType extends SqlType {
  readonly isEnum: boolean;
}

const ASSIGNED: ElementChange = {};
const TEXTS = ['text', 'character varying', 'character', 'citext'];
/**
 * Postgres writes bytes as text and reads text as bytes, but not the same ones; a tsvector is no document, it has its words
 * once each and in an order of its own.
 */
const NO_TEXT = ['bytea', 'tsvector'];
const INTEGERS = ['smallint', 'integer', 'bigint'];
const FLOATS = ['real', 'double precision'];
const MOMENTS = ['date', 'timestamp without time zone', 'timestamp with time zone'];
const isOneOf = (names: readonly string[], { name }: SqlType) => names.includes(name);

/** An array and what is no array have only their text in common. */
function throughText(old: SqlType, wanted: SqlType, target: string): ElementChange | undefined {
  if (!old.isArray && isOneOf(TEXTS, old)) {
    return { casts: castsFromText(old, target), alters: readsOtherwise(target) };
  }
  return old.isArray && isOneOf(TEXTS, wanted) ? ASSIGNED : undefined;
}

function elementChange(old: ElementType, wanted: ElementType, target: string): ElementChange | undefined {
  if (old.name === wanted.name && !old.isEnum) return otherModifiers(old, wanted, target);
  if (isOneOf(NO_TEXT, old) || isOneOf(NO_TEXT, wanted)) return undefined;
  if (isOneOf(TEXTS, wanted)) return toText(old, wanted);
  if (isOneOf(TEXTS, old)) {
    return { casts: castsFromText(old, target), alters: wanted.isEnum ? null : readsLess(wanted, target) };
  }
  if (old.isEnum && wanted.isEnum) return { casts: ['text', target] };
  if (isNumber(old) && isNumber(wanted)) return betweenNumbers(old, wanted, target);
  if (isOneOf(MOMENTS, old) && isOneOf(MOMENTS, wanted)) return betweenMoments(old, wanted);
  return KNOWN[`${old.name} -> ${wanted.name}`];
}

const isNumber = (type: SqlType) => isOneOf([...INTEGERS, ...FLOATS, 'numeric'], type);
const castsFromText = (old: SqlType, target: string) => (old.name === 'text' ? [target] : ['text', target]);

/** Pairs of their own. */
const KNOWN: Readonly<Record<string, ElementChange>> = {
  'integer -> boolean': { casts: ['boolean'], alters: (value) => `${value} not in (0, 1)` },
  'smallint -> boolean': { casts: ['integer', 'boolean'], alters: (value) => `${value} not in (0, 1)` },
  'boolean -> integer': { casts: ['integer'] },
  'boolean -> smallint': { casts: ['integer', 'smallint'] },
  'json -> jsonb': { alters: hasDuplicateKeys },
  'jsonb -> json': ASSIGNED,
  'cidr -> inet': ASSIGNED,
  // A cidr is an inet without host bits; the cast sets them to zero.
  'inet -> cidr': { alters: (value) => `${value}::cidr::inet is distinct from ${value}` },
  'macaddr -> macaddr8': ASSIGNED,
  'macaddr8 -> macaddr': ASSIGNED,
  'bit -> bit varying': ASSIGNED,
  'bit varying -> bit': ASSIGNED,
  'money -> numeric': ASSIGNED,
  'numeric -> money': { alters: (value) => `${value}::money::numeric <> ${value}` },
  'time without time zone -> interval': ASSIGNED,
  'interval -> time without time zone': {
    alters: (value) => `${value}::time::interval::text is distinct from ${value}::text`,
  },
};

/** The same type with another length, precision or scale. */
function otherModifiers(old: SqlType, wanted: SqlType, target: string): ElementChange | undefined {
  if (JSON.stringify(old.modifiers) === JSON.stringify(wanted.modifiers)) return ASSIGNED;
  const differs: ElementChange = { alters: (value) => `${value}::${target} is distinct from ${value}` };
  const [[oldFirst, oldScale = 0], [first, scale = 0]] = [old.modifiers, wanted.modifiers];
  if (old.name === 'numeric') {
    return first !== undefined && (oldFirst === undefined || scale < oldScale) ? differs : ASSIGNED;
  }
  if (/^(time|interval)/.test(old.name)) return (first ?? 6) < (oldFirst ?? 6) ? differs : ASSIGNED;
  if (old.name === 'character varying' && first !== undefined && first < (oldFirst ?? Infinity)) {
    return { alters: cutsSpaces(first) };
  }
  return isOneOf([...TEXTS, 'bit varying'], old) ? ASSIGNED : undefined;
}

/** Every value can be written as text. Trailing spaces mean nothing to character(n), so it must not take any over. */
function toText(old: ElementType, wanted: SqlType): ElementChange {
  const [length] = wanted.modifiers;
  if (!mayEndInSpaces(old) || isOneOf(['text', 'citext'], wanted)) return ASSIGNED;
  if (wanted.name === 'character') {
    return { alters: (value) => `rtrim(${value}::text, ' ') is distinct from ${value}::text` };
  }
  return length === undefined ? ASSIGNED : { alters: cutsSpaces(length) };
}

/** A float's text is exact, its cast to numeric is not. */
function betweenNumbers(old: SqlType, wanted: SqlType, target: string): ElementChange {
  const casts = isOneOf(FLOATS, old) && wanted.name === 'numeric' ? ['text', target] : undefined;
  const holdsEvery =
    (isOneOf(INTEGERS, old) && (isOneOf(INTEGERS, wanted) || wanted.name === 'numeric')) ||
    (wanted.name === 'double precision' && ['smallint', 'integer', 'real'].includes(old.name)) ||
    (wanted.name === 'real' && old.name === 'smallint') ||
    (wanted.name === 'numeric' && wanted.modifiers.length === 0);
  return { casts, alters: holdsEvery ? null : isOtherNumber(old, wanted, target) };
}

/** Between local and absolute time by way of UTC, whatever the session's zone: the same rows become the same everywhere. */
function betweenMoments(old: SqlType, wanted: SqlType): ElementChange {
  const inUtc = (value: string) => (old.name === MOMENTS[2] ? `(${value} at time zone 'UTC')` : value);
  const alters = cutsMoment(old, wanted, inUtc);
  if (wanted.name === MOMENTS[2]) {
    const local = (value: string) => (old.name === 'date' ? `${value}::timestamp` : value);
    return { expression: (value) => `${local(value)} at time zone 'UTC'`, alters };
  }
  if (old.name !== MOMENTS[2]) return { alters };
  return { expression: (value) => inUtc(value) + (wanted.name === 'date' ? '::date' : ''), alters };
}
