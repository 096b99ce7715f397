/** What became of every request, in columns: hundreds of thousands of them go from the clients' process to who asked. */

/** Times are milliseconds; moments are milliseconds since 1970. */
export interface RequestLog {
  /** When each request should have begun. In the order in which they ended. */
  readonly dueAtMs: Float64Array;
  /** From there to its answer, or to its error. */
  readonly latencyMs: Float64Array;
  /** Index into `groups`. */
  readonly group: Uint8Array;
  /** Index into `requests`. */
  readonly request: Uint8Array;
  /** Index into `outcomes`. */
  readonly outcome: Uint8Array;
  readonly groups: readonly string[];
  readonly requests: readonly string[];
  /** `ok`, SQLSTATEs, and codes of the network such as ECONNRESET. */
  readonly outcomes: readonly string[];
  /** The first message of each outcome but `ok`, for people. */
  readonly messages: Readonly<Record<string, string>>;
}

export const OK = 'ok';

export interface EndedRequest {
  readonly dueAtMs: number;
  readonly latencyMs: number;
  readonly group: string;
  readonly request: string;
  /** Undefined when it was answered. */
  readonly error?: { readonly code: string; readonly message: string };
}

/** Grows by one row for each request. */
export class RequestRecorder {
  private readonly dueAtMs: number[] = [];
  private readonly latencyMs: number[] = [];
  private readonly group: number[] = [];
  private readonly request: number[] = [];
  private readonly outcome: number[] = [];
  private readonly groups: string[] = [];
  private readonly requests: string[] = [];
  private readonly outcomes: string[] = [OK];
  private readonly messages: Record<string, string> = {};
  private errorCount = 0;

  get size(): number {
    return this.dueAtMs.length;
  }

  get errors(): number {
    return this.errorCount;
  }

  record({ dueAtMs, latencyMs, group, request, error }: EndedRequest): void {
    this.dueAtMs.push(dueAtMs);
    this.latencyMs.push(latencyMs);
    this.group.push(indexIn(this.groups, group));
    this.request.push(indexIn(this.requests, request));
    this.outcome.push(indexIn(this.outcomes, error?.code ?? OK));
    if (!error) return;
    this.errorCount++;
    this.messages[error.code] ??= `${request}: ${error.message}`;
  }

  toLog(): RequestLog {
    return {
      dueAtMs: Float64Array.from(this.dueAtMs),
      latencyMs: Float64Array.from(this.latencyMs),
      group: Uint8Array.from(this.group),
      request: Uint8Array.from(this.request),
      outcome: Uint8Array.from(this.outcome),
      groups: [...this.groups],
      requests: [...this.requests],
      outcomes: [...this.outcomes],
      messages: { ...this.messages },
    };
  }
}

/** The few names of a column; a new one is added. */
function indexIn(names: string[], name: string): number {
  const index = names.indexOf(name);
  return index >= 0 ? index : names.push(name) - 1;
}
