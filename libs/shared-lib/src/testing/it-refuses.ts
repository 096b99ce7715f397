export const NOT_NULL = '23502';
export const NO_SUCH_VALUE = '22P02';
export const TOO_LONG = '22001';

const SQLSTATE_OF_PREFIX: Record<string, string> = { uq: '23505', fk: '23503', ck: '23514' };

/** What must not be, the constraint (or SQLSTATE) that forbids it, and an attempt. */
export type Refusal<Context> = [fault: string, by: string, attempt: (context: Context) => Promise<unknown>];

/** One test per fault: the attempt fails, and by that constraint. */
export function itRefuses<Context>(context: Context, refusals: Refusal<Context>[]): void {
  it.each(refusals)('%s', async (_fault, by, attempt) => {
    const code = SQLSTATE_OF_PREFIX[by.slice(0, 2)];
    await expect(attempt(context)).rejects.toMatchObject(code ? { code, constraint: by } : { code: by });
  });
}

/** For unique rules. */
export async function twice(attempt: () => Promise<unknown>): Promise<void> {
  await attempt();
  await attempt();
}
