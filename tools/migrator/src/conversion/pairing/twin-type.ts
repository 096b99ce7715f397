import type { Twin } from '../twins';

/** The type of the column with the UUIDs, where the one with the numbers has the type `numericType` (as `format_type` prints it). */
export function twinType(twin: Twin, numericType: string): string {
  if (twin.role === 'key') return 'uuid';
  switch (twin.references[0].kind) {
    case 'column':
      return 'uuid';
    case 'array':
      return 'uuid[]';
    case 'json':
    case 'polymorphic':
      return numericType;
  }
}
