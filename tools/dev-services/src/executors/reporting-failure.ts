import { DevServicesError } from '../errors';

/** Runs an executor's work. What went wrong outside this program is told in one message, a bug with its stack. */
export async function reportingFailure(work: () => Promise<unknown>): Promise<{ success: boolean }> {
  try {
    await work();
    return { success: true };
  } catch (error) {
    if (!(error instanceof DevServicesError)) throw error;
    console.error(`${error.code}: ${error.message}`);
    return { success: false };
  }
}
