/**
 * The SQLSTATEs the migrator decides by. https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export const SQLSTATE = {
  duplicateDatabase: '42P04',
  uniqueViolation: '23505',
  checkViolation: '23514',
  objectInUse: '55006',
  undefinedDatabase: '3D000',
  invalidPassword: '28P01',
  invalidAuthorization: '28000',
  insufficientPrivilege: '42501',
  lockNotAvailable: '55P03',
  queryCancelled: '57014',
  deadlockDetected: '40P01',
  serializationFailure: '40001',
  diskFull: '53100',
  tooManyConnections: '53300',
  cannotConnectNow: '57P03',
} as const;

/** The SQLSTATE of an error of `pg` or of TypeORM around one, if it has any. */
export function sqlstateOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, driverError } = error as { code?: unknown; driverError?: unknown };
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return code;
  return driverError === undefined ? undefined : sqlstateOf(driverError);
}

/** Whether trying the same transaction again can succeed. */
export function isRetryable(error: unknown): boolean {
  const state = sqlstateOf(error);
  return (
    state === SQLSTATE.lockNotAvailable ||
    state === SQLSTATE.deadlockDetected ||
    state === SQLSTATE.serializationFailure
  );
}
