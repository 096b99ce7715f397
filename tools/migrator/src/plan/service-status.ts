/** Pure: (folder, ledger) -> how a service stands. */
import type { Ledger, MigrationFile, ReportedError, ServiceStatus } from '../model';
import { detectDrift } from './drift';
import { pendingFiles } from './service-state';

export function serviceStatus(files: readonly MigrationFile[], ledger: Ledger): ServiceStatus {
  return {
    service: ledger.service,
    state: ledger.state,
    applied: ledger.applied.length,
    pending: pendingFiles(files, ledger).map((file) => file.name),
    drift: detectDrift(files, ledger),
  };
}

export function failedStatus(service: string, error: ReportedError): ServiceStatus {
  return { service, state: 'error', applied: 0, pending: [], drift: [], error };
}
