/**
 * Where workers wait before each batch while something speaks against it. Several things may at once; the gate is open when
 * none does. It lives in one process: the signs that close it come from the database, so all processes see the same.
 */
export class Gate {
  private readonly reasons = new Map<string, string>();
  private readonly remarks = new Map<unknown, string>();
  private waiting: (() => void)[] = [];
  private failure: { readonly error: unknown } | undefined;

  /** Why it is closed, or who waits in spite of it; for people. Null when all goes well. */
  get trouble(): string | null {
    const all = [...this.reasons.values(), ...this.remarks.values()];
    return all.length === 0 ? null : all.join('; ');
  }

  /** Tells why one worker waits, or goes on more slowly; the gate stays as it is. Undefined takes it back. @param by anything that tells who says so */
  remark(by: unknown, why: string | undefined): void {
    if (why === undefined) this.remarks.delete(by);
    else this.remarks.set(by, why);
  }

  /** @param sign names what speaks against going on; @param why for people */
  close(sign: string, why: string): void {
    this.reasons.set(sign, why);
  }

  /** Takes back `close` of the same sign. */
  open(sign: string): void {
    this.reasons.delete(sign);
    if (this.reasons.size === 0) this.letThrough();
  }

  /** From now on nobody passes: one has failed, and the others stop after their batch. */
  fail(error: unknown): void {
    this.failure ??= { error };
    this.letThrough();
  }

  /** Resolves when it is open. @throws the error that `fail` was told */
  async pass(): Promise<void> {
    while (!this.failure && this.reasons.size > 0) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    this.throwIfFailed();
  }

  /** @throws the error that `fail` was told */
  throwIfFailed(): void {
    if (this.failure) throw this.failure.error;
  }

  private letThrough(): void {
    const { waiting } = this;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}
