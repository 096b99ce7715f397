/**
 * Pure: what is in a column with references by default, as a literal without a type. It has no ids, so it is the same for the half with
 * the numbers and the one with the UUIDs.
 * @param expression as Postgres prints a default
 * @returns null where the default is anything else than an empty array or document
 */
export function emptyDefault(expression: string | null): `'{}'` | `'[]'` | null {
  switch (expression?.replace(/::(?:smallint|integer|bigint|uuid)\[\]$|::jsonb$/, '')) {
    case `'{}'`:
    case 'ARRAY[]':
      return `'{}'`;
    case `'[]'`:
      return `'[]'`;
    default:
      return null;
  }
}
