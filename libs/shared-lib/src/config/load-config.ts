/**
 * From the environment to a typed, validated, frozen configuration.
 *
 * Owns the reading and the reporting; what the variables are is said by the config classes (`*.config.ts`), which
 * are also the only files that touch `process.env`.
 */
import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { ConfigError, type ConfigFault } from './config-error';
import { variableOf } from './from-env';

export type ConfigClass<T extends object> = new () => T;

/**
 * Reads a class whose properties carry `@FromEnv` and class-validator's decorators.
 *
 * A variable that is empty counts as one that is not set. Variables that the class does not name are ignored.
 * `defaults` go before the initial values of the class, and are validated as everything else.
 *
 * @throws ConfigError that lists every fault at once, by variable. Values are never repeated.
 */
export function loadConfig<T extends object>(
  configClass: ConfigClass<T>,
  env: NodeJS.ProcessEnv,
  defaults: Partial<T> = {},
): Readonly<T> {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
  const config = plainToInstance(configClass, set, {
    excludeExtraneousValues: true,
    exposeDefaultValues: true,
  });
  for (const [property, value] of Object.entries(defaults)) {
    if (value === undefined || Object.hasOwn(set, variableOf(configClass, property))) continue;
    Object.assign(config, { [property]: value });
  }
  const errors = validateSync(config, { forbidUnknownValues: false });
  if (errors.length > 0) throw new ConfigError(errors.map((error) => faultOf(configClass, error)));
  return Object.freeze(config);
}

/** One fault for a variable, with all that is wrong with it in the order in which the class says it. */
function faultOf(
  configClass: ConfigClass<object>,
  { property, value, constraints }: ValidationError,
): ConfigFault {
  // Decorators apply from the bottom up.
  const problems = Object.values(constraints ?? {})
    .reverse()
    .map((message) => (message.startsWith(`${property} `) ? message.slice(property.length + 1) : message));
  return { variable: variableOf(configClass, property), problem: withoutValue(problems.join('; '), value) };
}

/** A decorator's own message may quote `$value`, and whether that is a secret is not known here. */
function withoutValue(message: string, value: unknown): string {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return text.length > 3 ? message.replaceAll(text, '[value]') : message;
}
