/** The one file here that reads the environment. */

/** The seed of the run in CI; undefined for a new one each time. */
export function seedOfCi(): string | undefined {
  return process.env['CRASH_SEED']?.trim() || undefined;
}

/** For a machine that is busy with other things; undefined for what is promised. */
export function stallLimitOfCi(): string | undefined {
  return process.env['CRASH_STALL_LIMIT_MS']?.trim() || undefined;
}
