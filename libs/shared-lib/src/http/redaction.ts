/** What no log line shows: values whose field, header or parameter is named like a secret. */
import { EventEmitter } from 'node:events';
import { serializeError } from './serialize-error';

/** Names of secrets, as they are compared: lower case, without separators (`refresh_token` is `refreshtoken`). */
const SECRET_NAMES = [
  'password',
  'passwordhash',
  'currentpassword',
  'newpassword',
  'token',
  'tokenhash',
  'accesstoken',
  'refreshtoken',
  'idtoken',
  'resettoken',
  'secret',
  'clientsecret',
  'apikey',
  'authorization',
  'proxyauthorization',
  'cookie',
  'setcookie',
];

export const REDACTED = '[redacted]';

/** How deep an object of a log line is searched; deeper ones are cut off. */
const MAX_DEPTH = 6;

/** Whether a field, header or query parameter of this name holds a secret, however it is spelled. */
export function isSecretName(name: string): boolean {
  return SECRET_NAMES.includes(name.replace(/[-_.\s]/g, '').toLowerCase());
}

/**
 * A copy of a value as it would be printed, with every secret field replaced. Requests, responses and the like are left
 * to the logger's serializers.
 */
export function redactSecrets(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || isLeftToSerializers(value)) return value;
  if (value instanceof Error) return serializeError(value);
  if (depth >= MAX_DEPTH) return '[too deep]';
  if (Array.isArray(value)) return value.map((item) => redactSecrets(item, depth + 1));
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    return redactSecrets((value.toJSON as () => unknown)(), depth + 1);
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, field]: [string, unknown]) => [
      name,
      isSecretName(name) && field != null ? REDACTED : redactSecrets(field, depth + 1),
    ]),
  );
}

/** The path of a request with the values of secret query parameters replaced. */
export function redactUrl(url: string): string {
  const [path = '', query] = url.split(/\?(.*)/s);
  if (!query) return path;
  const parameters = query.split('&').map((parameter) => {
    const [name = ''] = parameter.split('=', 1);
    return isSecretName(decode(name)) ? `${name}=${REDACTED}` : parameter;
  });
  return `${path}?${parameters.join('&')}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not valid percent-encoding, so it is not a name that anything reads; compare it as it is.
    return text;
  }
}

function isLeftToSerializers(value: object): boolean {
  return value instanceof EventEmitter || ArrayBuffer.isView(value);
}
