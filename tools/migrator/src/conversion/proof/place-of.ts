import type { Reference } from '../declaration';

/** What a message calls a reference: `notes.subjectId where subjectType is user`. */
export function placeOf(reference: Reference): string {
  const place = `${reference.table}.${reference.column}`;
  if (reference.kind === 'json') return `${place} at ${reference.path}`;
  if (reference.kind === 'polymorphic')
    return `${place} where ${reference.typeColumn} is ${reference.typeValue}`;
  return place;
}
