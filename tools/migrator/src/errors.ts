/**
 * The migrator's one error type. A fault that somebody can do something about is a `MigratorError`: a stable
 * code for programs, one sentence that names the thing, and what to do next. Everything else is a defect.
 */
import type { ReportedError } from './model';

export type MigratorErrorCode =
  | 'ADOPTION_FAILED'
  | 'ALREADY_ADOPTED'
  | 'BACKUP_DAMAGED'
  | 'BACKUP_FAILED'
  | 'BACKUP_IMPOSSIBLE'
  | 'BACKUP_NOT_FOUND'
  | 'BAD_DATABASE_URL'
  | 'BAD_OPTION'
  | 'CANNOT_CONNECT'
  | 'CANNOT_CREATE_DATABASE'
  | 'CANNOT_SQUASH'
  | 'CONVERSION_INCOMPLETE'
  | 'CONVERSION_NOT_PROVEN'
  | 'CONVERSION_REFUSED'
  | 'CONVERSION_STALLED'
  | 'CONVERSION_UNKNOWN'
  | 'DANGLING_REFERENCES'
  | 'DATABASE_EXISTS'
  | 'DATABASE_IN_USE'
  | 'DATABASE_NOT_ADOPTED'
  | 'DEPENDENCY_CYCLE'
  | 'DEPENDENTS_APPLIED'
  | 'DESTRUCTIVE_CHANGE'
  | 'DUPLICATE_TIMESTAMP'
  | 'ENTITIES_INVALID'
  | 'EXCLUSION_CONSTRAINT_TOO_LARGE'
  | 'FILL_FAILED'
  | 'GENERATED_MIGRATION_WRONG'
  | 'ID_MAPS_DISAGREE'
  | 'LINTER_FAILED'
  | 'LINTER_MISSING'
  | 'LOCK_NOT_OBTAINED'
  | 'MIGRATION_CLASS_INVALID'
  | 'MIGRATION_DOES_NOT_COMPILE'
  | 'MIGRATION_EXISTS'
  | 'MIGRATION_FAILED'
  | 'MIGRATION_FILE_NAME_INVALID'
  | 'MIGRATION_MISSING_ON_DISK'
  | 'MIGRATION_NOT_FOUND'
  | 'MIGRATION_NOT_REPLACED'
  | 'NOTHING_TO_ADOPT'
  | 'NO_DATABASE'
  | 'NO_ENTITIES'
  | 'NO_GIT_HISTORY'
  | 'PLAN_CHANGED'
  | 'PREREQUISITE_FAILED'
  | 'PREREQUISITE_PENDING'
  | 'REHEARSAL_FAILED'
  | 'REHEARSAL_MISSING'
  | 'RESTORE_FAILED'
  | 'RUNTIME_ROLE_UNFIT'
  | 'SCHEMA_DIFFERS'
  | 'SERVICE_NOT_FOUND'
  | 'SUPERUSER_REFUSED'
  | 'SYNCHRONIZE_ON';

export class MigratorError extends Error {
  override readonly name = 'MigratorError';

  constructor(
    readonly code: MigratorErrorCode,
    message: string,
    options?: { cause?: unknown; services?: readonly string[] },
  ) {
    super(message, { cause: options?.cause });
    this.services = options?.services;
  }

  /** The services whose fault it is, when others can go on without them. */
  readonly services?: readonly string[];
}

/** Any thrown value as a service's report carries it: whatever was thrown, the message names the service. */
export function toServiceError(service: string, error: unknown): ReportedError {
  const { code, message } = toReportedError(error);
  return { code, message: message.includes(service) ? message : `${service}: ${message}` };
}

/** Any thrown value as a report carries it. */
export function toReportedError(error: unknown): ReportedError {
  if (error instanceof MigratorError) return { code: error.code, message: error.message };
  if (error instanceof Error) return { code: 'UNEXPECTED', message: error.message };
  return { code: 'UNEXPECTED', message: String(error) };
}
