/** What is found out about one migration, on the way to its verdict. */
import type { Migration } from '../model';
import type { MigrationVerdict, Verdict } from './verdict';

export type Judgement = Omit<MigrationVerdict, 'durationMs'>;

/** A class that declares `irreversible` turns what is wrong with its `down` from errors into notes. */
export class Findings {
  private verdict: Verdict = 'reversible';
  private readonly errors: string[] = [];
  private readonly notes: string[] = [];
  private gone: readonly string[] = [];

  constructor(private readonly migration: Migration) {}

  note(text: string): void {
    this.notes.push(text);
  }

  goesWithDown(what: readonly string[]): void {
    this.gone = what;
  }

  error(text: string): void {
    this.verdict = 'failed';
    this.errors.push(text);
  }

  lossy(text: string): void {
    this.verdict = 'lossy';
    this.note(text);
  }

  lossyByDown(text: string): void {
    this.verdict = 'lossy';
    this.unlessDeclared(text);
  }

  irreversible(text: string): void {
    this.verdict = 'irreversible';
    this.unlessDeclared(text);
  }

  failed(text: string): Judgement {
    this.error(text);
    return this.judgement();
  }

  judgement(): Judgement {
    const { name, file, irreversible } = this.migration;
    if (irreversible !== undefined && this.verdict === 'reversible') {
      this.note(`it says that it is irreversible (${irreversible}), and is not`);
    }
    const { verdict, errors, notes, gone } = this;
    return { migration: name, file, verdict, errors, notes, goesWithDown: gone };
  }

  private unlessDeclared(text: string): void {
    const { irreversible } = this.migration;
    if (irreversible === undefined) this.errors.push(text);
    else this.note(`${text}\nIt says so itself: ${irreversible}`);
  }
}
