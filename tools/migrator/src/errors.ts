/**
 * The migrator's one error type. A fault that somebody can do something about is a `MigratorError`: a stable
 * code for programs, one sentence that names the thing, and what to do next. Everything else is a defect.
 */
import type { ReportedError } from './model';

export type MigratorErrorCode =
  | 'BAD_DATABASE_URL'
  | 'BAD_OPTION'
  | 'CANNOT_CREATE_DATABASE'
  | 'CANNOT_CONNECT'
  | 'DATABASE_NOT_ADOPTED'
  | 'DEPENDENTS_APPLIED'
  | 'DEPENDENCY_CYCLE'
  | 'DESTRUCTIVE_CHANGE'
  | 'DUPLICATE_TIMESTAMP'
  | 'GENERATED_MIGRATION_WRONG'
  | 'MIGRATION_CLASS_INVALID'
  | 'MIGRATION_DOES_NOT_COMPILE'
  | 'MIGRATION_EXISTS'
  | 'MIGRATION_FAILED'
  | 'MIGRATION_FILE_NAME_INVALID'
  | 'MIGRATION_MISSING_ON_DISK'
  | 'MIGRATION_NOT_FOUND'
  | 'NO_DATABASE'
  | 'NO_ENTITIES'
  | 'PREREQUISITE_FAILED'
  | 'SERVICE_NOT_FOUND';

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
