/** How far one fill of an id conversion is. */
export interface FillReport {
  /** `id map of users`, `sessions.userId_uuid`. */
  readonly fill: string;
  readonly doneRows: number;
  /** As Postgres estimated it. */
  readonly estimatedRows: number;
  /** Of the last seconds. */
  readonly rowsPerSecond: number;
  /** Null when nobody knows. */
  readonly secondsLeft: number | null;
  /** Why it waits; null when it does not. */
  readonly throttled: string | null;
  readonly hasEnded: boolean;
}
