import type { FieldFault } from './problem';

/** The fault of a query parameter that a list does not have. */
export function unknownParameter(name: string): FieldFault {
  return { field: name, detail: `${name} is not a parameter of this list` };
}
