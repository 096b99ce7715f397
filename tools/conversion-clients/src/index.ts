/**
 * Clients of the legacy clubs that read and write all the time while ids are converted, the record of what they saw, a picture of it,
 * and the proof that nothing they wrote was lost. For `bench:convert` and for the migrator's demonstration.
 *
 * Owns the load, in a process of its own, and what is said about it. Does not own the databases, and knows nothing of the migrator.
 */
export { longestStallBeyond } from './analysis/longest-stall-beyond';
export type { NamedMoment, NamedPeriod, Period } from './analysis/period';
export { summarize, type LatencySummary, type Selection } from './analysis/summarize';
export { timelineOf, type TimelineBucket } from './analysis/timeline';
export type { ClientGroup, DatabaseName, DatabaseUrls, IdKind } from './client-group';
export { ConversionClientsError, type ConversionClientsErrorCode } from './errors';
export type { LoadOptions, Witnessed } from './load/client-load';
export { nowMs } from './load/clock';
export { OK, type RequestLog } from './load/request-log';
export { renderLatency, type LatencyPicture } from './picture/render-latency';
export { startClients, type Clients } from './process/clients';
export type { RequestCount } from './process/messages';
export { isConnectionLoss } from './requests/connection-loss';
export type { LedgerRow, LedgerTable } from './requests/ledger';
export { verifyRows, type RowShape, type RowsToVerify, type VerifiedTable } from './witness/verify-rows';
