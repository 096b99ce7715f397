/**
 * Of our own environment, what a process needs to run at all. Neither a variable that names a database or NATS nor what Nx
 * passes to its tasks is among it, so a program runs as it would from a fresh shell.
 */
export function inheritedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    ['PATH', 'HOME', 'TMPDIR', 'SystemRoot'].flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
