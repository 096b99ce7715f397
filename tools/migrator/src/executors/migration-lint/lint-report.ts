/** What `migration-lint` found and measured: the document that `--format json` prints. */
import type { ReportedError } from '../../model';
import type { Finding } from '../../lint/finding';
import type { MigrationTrace } from '../../trace/migration-trace';

export interface MigrationLint {
  /** What it did while it ran on synthetic rows. */
  readonly trace: MigrationTrace;
  readonly file: string;
  /** Tables that could not be given rows, by `qualifiedName`. */
  readonly withoutRows: readonly string[];
  readonly findings: readonly Finding[];
}

export interface ServiceLint {
  readonly service: string;
  readonly migrations: readonly MigrationLint[];
  /** Why the service could not be judged. */
  readonly error?: ReportedError;
}

export function findingsOf({ migrations }: ServiceLint): Finding[] {
  return migrations.flatMap(({ findings }) => findings);
}

/** Errors of the service, or of its migrations; warnings are none. */
export function countErrors(service: ServiceLint): number {
  const errors = findingsOf(service).filter(({ severity }) => severity === 'error');
  return errors.length + (service.error ? 1 : 0);
}
