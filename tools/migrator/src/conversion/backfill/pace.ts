/** Rows a second and the time that is left, from how far a task was at several moments. */
const REMEMBERED_MS = 10_000;

export interface Speed {
  readonly rowsPerSecond: number;
  readonly secondsLeft: number | null;
}

export class Pace {
  private readonly moments: { readonly doneRows: number; readonly atMs: number }[] = [];

  /** @param nowMs of a clock that only goes forward */
  after({ doneRows, estimatedRows, endedAt }: PaceInput, nowMs: number): Speed {
    this.moments.push({ doneRows, atMs: nowMs });
    while (this.moments.length > 2 && nowMs - this.moments[0]!.atMs > REMEMBERED_MS) this.moments.shift();
    const first = this.moments[0]!;
    const rowsPerSecond =
      nowMs > first.atMs ? Math.max(0, ((doneRows - first.doneRows) / (nowMs - first.atMs)) * 1_000) : 0;
    if (endedAt !== null) return { rowsPerSecond, secondsLeft: 0 };
    const left = Math.max(0, estimatedRows - doneRows);
    return { rowsPerSecond, secondsLeft: rowsPerSecond > 0 ? left / rowsPerSecond : null };
  }
}

interface PaceInput {
  readonly doneRows: number;
  readonly estimatedRows: number;
  readonly endedAt: Date | null;
}
