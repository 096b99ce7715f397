/** Which line of a file is calling, found in the stack; for compiled TypeScript, see `readSourceMaps`. */

/** Frames between a migration's line and us, when it goes through TypeORM's own helpers. */
const FRAMES = 60;

/**
 * From now on stacks tell the lines of TypeScript sources, not of what they were compiled to. Call it before the
 * files in question are loaded.
 */
export function readSourceMaps(): void {
  process.setSourceMapsEnabled(true);
}

/** @param path absolute @returns from 1; null when no caller is in that file */
export function callingLine(path: string): number | null {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = FRAMES;
  const { stack = '' } = new Error();
  Error.stackTraceLimit = limit;
  for (const frame of stack.split('\n')) {
    const at = frame.indexOf(`${path}:`);
    const line = at < 0 ? NaN : Number.parseInt(frame.slice(at + path.length + 1), 10);
    if (line > 0) return line;
  }
  return null;
}
