/**
 * The test's own memory, on disk: one line of JSON for each entry, written before the request leaves and before its answer
 * is used. Owns the numbers of the requests; what the entries mean together is `histories`.
 */
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { Answered, Asked, LedgerEntry, NotArrived } from './entries';

type Without<Entry, Keys extends string> = Omit<Entry, Keys | 'kind' | 'number' | 'at'>;

export class Ledger {
  private readonly file: number;
  private lastNumber = 0;

  /** @param path of a file that is made anew */
  constructor(readonly path: string) {
    this.file = openSync(path, 'w', 0o600);
  }

  /** @returns the number of the request */
  asked(entry: Without<Asked, never>): number {
    const number = ++this.lastNumber;
    this.write({ kind: 'asked', number, at: now(), ...entry });
    return number;
  }

  answered(number: number, entry: Without<Answered, never>): Answered {
    const answered: Answered = { kind: 'answered', number, at: now(), ...entry };
    this.write(answered);
    return answered;
  }

  notArrived(number: number, kind: NotArrived['kind'], reason: string): NotArrived {
    const entry: NotArrived = { kind, number, at: now(), reason };
    this.write(entry);
    return entry;
  }

  /** From the file, not from memory. */
  read(): LedgerEntry[] {
    return readLedger(this.path);
  }

  close(): void {
    closeSync(this.file);
  }

  /** In the system's hands when it returns: whatever happens to this process, the line is there. */
  private write(entry: LedgerEntry): void {
    writeSync(this.file, `${JSON.stringify(entry)}\n`);
  }
}

/** @throws SyntaxError for a line that is no entry */
export function readLedger(path: string): LedgerEntry[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as LedgerEntry);
}

function now(): string {
  return new Date().toISOString();
}
