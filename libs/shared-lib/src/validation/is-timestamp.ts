import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsDate, isISO8601, isRFC3339 } from 'class-validator';

/**
 * A moment in RFC 3339 (`2026-01-31T18:30:00Z`), turned into a Date. `Type(() => Date)` would also take numbers,
 * bare years, times without a zone and the 30th of February.
 */
export function IsTimestamp(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      isRFC3339(value) && isISO8601(value, { strict: true }) ? new Date(value as string) : value,
    ),
    IsDate({ message: '$property must be a timestamp with a time zone, for example 2026-01-31T18:30:00Z' }),
  );
}
