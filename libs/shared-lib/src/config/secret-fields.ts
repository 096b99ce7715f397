import { inspect } from 'node:util';

const REDACTED = '[redacted]';

/**
 * Declares which fields of a config class are secret, so that every way of printing it (console, JSON, a log line)
 * shows `[redacted]` in their place. The fields themselves keep their values.
 *
 *     @SecretFields('signingKey')
 *     class AuthConfig { ... }
 */
export function SecretFields(...fields: string[]): ClassDecorator {
  return (configClass) => {
    const redact = function (this: object): Record<string, unknown> {
      return Object.fromEntries(
        Object.entries(this).map(([field, value]) => [
          field,
          fields.includes(field) && value !== undefined ? REDACTED : (value as unknown),
        ]),
      );
    };
    Object.defineProperty(configClass.prototype, 'toJSON', { value: redact });
    Object.defineProperty(configClass.prototype, inspect.custom, { value: redact });
  };
}
