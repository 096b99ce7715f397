import { Transform } from 'class-transformer';

/** Drops the space around a text and the difference between its letters' cases, before it is validated. */
export function LowerCased(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.trim().toLowerCase() : value,
  );
}
