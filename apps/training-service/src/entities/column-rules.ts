/**
 * The rules of columns that a CHECK of an entity and the validation of a DTO share: each is written once.
 * Formats keep to the syntax that JavaScript and Postgres read alike and hold no single quote, so that they
 * can stand in SQL as they are.
 */

/** An inclusive range of a number. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/**
 * The SQL that holds for a null and for a number inside the range. Not BETWEEN: where several stand in one CHECK,
 * Postgres prints it with parentheses that it drops when it reads them, so the schema would seem to differ.
 */
export function within(column: string, { min, max }: Range): string {
  return `${column} >= ${min} AND ${column} <= ${max}`;
}

/** The names of templates, sessions, plans and goals, in characters. */
export const NAME_LENGTH = 150;

/** Remarks of a few paragraphs, in characters. */
export const NOTES_LENGTH = 2000;

const WEEKDAY = '(MO|TU|WE|TH|FR|SA|SU)';
const UTC_TIME = '[0-9]{4}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]Z';

/**
 * The part of a recurrence rule of RFC 5545 (section 3.3.10) that training needs, in this order, as
 * `FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;COUNT=8`: calendars of all kinds read it.
 */
export const RECURRENCE_FORMAT = [
  '^FREQ=(DAILY|WEEKLY|MONTHLY)',
  '(;INTERVAL=[1-9][0-9]?)?',
  `(;BYDAY=${WEEKDAY}(,${WEEKDAY})*)?`,
  `(;(COUNT=[1-9][0-9]{0,2}|UNTIL=${UTC_TIME}))?$`,
].join('');
export const RECURRENCE_LENGTH = 200;
