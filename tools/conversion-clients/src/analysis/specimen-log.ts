/** Logs for the specs of this project. */
import { RequestRecorder, type RequestLog } from '../load/request-log';

export interface SpecimenRequest {
  readonly at: number;
  readonly took: number;
  readonly group?: string;
  readonly code?: string;
}

export function logOf(...requests: readonly SpecimenRequest[]): RequestLog {
  const recorder = new RequestRecorder();
  for (const { at, took, group = 'old', code } of requests) {
    recorder.record({
      ...{ dueAtMs: at, latencyMs: took, group, request: 'read a user' },
      ...(code !== undefined && { error: { code, message: 'refused' } }),
    });
  }
  return recorder.toLog();
}
