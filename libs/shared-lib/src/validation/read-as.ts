import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';

/** A class whose properties carry class-validator's decorators. */
export type DataClass<Data extends object> = new () => Data;

/** Either the value, or every fault of it. */
export type ReadResult<Data extends object> =
  { readonly value: Data; readonly faults?: undefined } | { readonly faults: readonly string[] };

/**
 * What a class makes of a JSON value from elsewhere: an instance with the declared properties alone, or every fault
 * (`players.1.number breaks isInt`) without the values, which may be private.
 */
export function readAs<Data extends object>(dataClass: DataClass<Data>, value: unknown): ReadResult<Data> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { faults: ['it must be an object'] };
  }
  const instance = plainToInstance(dataClass, value);
  const errors = validateSync(instance, { whitelist: true, forbidUnknownValues: true });
  return errors.length === 0 ? { value: instance } : { faults: errors.flatMap((error) => faultsOf(error)) };
}

function faultsOf({ property, constraints, children }: ValidationError, path = ''): string[] {
  const here = path === '' ? property : `${path}.${property}`;
  return [
    ...Object.keys(constraints ?? {}).map((rule) => `${here} breaks ${rule}`),
    ...(children ?? []).flatMap((child) => faultsOf(child, here)),
  ];
}
