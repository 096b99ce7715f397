/**
 * Clients of the legacy clubs that read and write all the time while ids are converted, the record of what they saw, a picture of it,
 * and the proof that nothing they wrote was lost. For `bench:convert` and for the trials of the conversion.
 *
 * Owns the load, in a process of its own, and what is said about it. Does not own the databases. Of the migrator it knows what that calls
 * its schemas (`old-and-new-clients`, `lock-attempts`), and nothing that runs: it judges whoever converts.
 */
export { longestStallBeyond } from './analysis/longest-stall-beyond';
export type { NamedMoment, NamedPeriod, Period } from './analysis/period';
export { requestsWithin } from './analysis/requests-within';
export { summarize, type LatencySummary, type Selection } from './analysis/summarize';
export {
  DATABASES,
  SERVICE_OF,
  type ClientGroup,
  type DatabaseName,
  type DatabaseUrls,
  type IdKind,
} from './client-group';
export { ConversionClientsError, type ConversionClientsErrorCode } from './errors';
export type { LoadOptions, Witnessed } from './load/client-load';
export { nowMs } from './load/clock';
export { OK, type RequestLog } from './load/request-log';
export { NEW_CLIENTS, OLD_CLIENTS, SEARCH_PATHS } from './old-and-new-clients';
export { renderLatency, type LatencyPicture } from './picture/render-latency';
export { startClients, type Clients } from './process/clients';
export type { RequestCount } from './process/messages';
export { isConnectionLoss } from './requests/connection-loss';
export type { LedgerRow, LedgerTable } from './requests/ledger';
export { lockAttempts } from './witness/lock-attempts';
export { shapeOf } from './witness/shape-of';
export { verifyRows, type RowShape, type RowsToVerify, type VerifiedTable } from './witness/verify-rows';
