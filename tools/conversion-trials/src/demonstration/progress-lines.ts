/** Pure: what the migrator prints into a log -> what somebody reads who watches. */
import type { FillReport } from '@hockey-hub/migrator/src/model';
import { wholeText } from '@hockey-hub/recorded-runs';

type FillLine = FillReport & { readonly service: string };

export class ProgressLines {
  private rest = '';

  constructor(private readonly tell: (line: string) => void) {}

  /** Takes the output as it comes: in pieces that end anywhere. */
  readonly take = (text: string): void => {
    const lines = `${this.rest}${text}`.split('\n');
    this.rest = lines.pop()!;
    for (const line of lines) if (line.trim() !== '') this.tell(line.startsWith('{') ? fillLine(line) : line);
  };
}

function fillLine(line: string): string {
  const { service, fill, doneRows, estimatedRows, rowsPerSecond, throttled, hasEnded } = JSON.parse(
    line,
  ) as FillLine;
  const rows = hasEnded
    ? `${wholeText(doneRows)} rows, done`
    : // The estimate is Postgres's, and may be less than what has been done.
      `${wholeText(doneRows)} of ${wholeText(Math.max(doneRows, estimatedRows))} rows, ${wholeText(rowsPerSecond)} rows/s`;
  return `${service}: ${fill} ${rows}${throttled === null ? '' : ` (waits: ${throttled})`}`;
}
