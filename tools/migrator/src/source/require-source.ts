/** Requires a module of a service, as TypeScript from a checkout or as JavaScript from a compiled installation. */
import { existsSync } from 'node:fs';

/** @param path absolute, with or without extension */
export function requireSource(path: string): Record<string, unknown> {
  // A compiled installation has no compiler to load.
  if (path.endsWith('.ts') || existsSync(`${path}.ts`)) require('./typescript-hook.js');
  return require(path) as Record<string, unknown>;
}
