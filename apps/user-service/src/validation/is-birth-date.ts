import { isISO8601, ValidateBy } from 'class-validator';

const CALENDAR_DATE = /^\d{4}-\d{2}-\d{2}$/;
const EARLIEST = '1900-01-01';

/** A calendar date (`YYYY-MM-DD`) since 1900 that is not in the future anywhere on Earth. */
export function IsBirthDate(): PropertyDecorator {
  return ValidateBy({
    name: 'isBirthDate',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'string' &&
        CALENDAR_DATE.test(value) &&
        isISO8601(value, { strict: true }) &&
        value >= EARLIEST &&
        value <= latestDateOnEarth(),
      defaultMessage: () =>
        `$property must be a date as YYYY-MM-DD, from ${EARLIEST} on and not in the future`,
    },
  });
}

/** The date at UTC+14, where every day begins first. */
function latestDateOnEarth(): string {
  return new Date(Date.now() + 14 * 60 * 60 * 1000).toISOString().slice(0, 10);
}
