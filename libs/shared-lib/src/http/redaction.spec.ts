import { EventEmitter } from 'node:events';
import { isSecretName, redactSecrets, redactUrl } from './redaction';

it.each([
  'password',
  'Password',
  'password_hash',
  'passwordHash',
  'refreshToken',
  'Set-Cookie',
  'x.token'.slice(2),
  'API_KEY',
])('%s is a secret', (name) => expect(isSecretName(name)).toBe(true));

it.each(['name', 'passwordChangedAt', 'tokens', 'secretary', 'cookieConsent'])('%s is none', (name) => {
  expect(isSecretName(name)).toBe(false);
});

it('replaces secrets at every depth and leaves the original alone', () => {
  const original = {
    user: { email: 'a@b.se', password: 'hush' },
    tokens: [{ token: 'hush', id: 1 }],
    cookie: null,
  };
  expect(redactSecrets(original)).toEqual({
    user: { email: 'a@b.se', password: '[redacted]' },
    tokens: [{ token: '[redacted]', id: 1 }],
    cookie: null,
  });
  expect(original.user.password).toBe('hush');
});

it('sees through classes, and prints what prints itself as it does', () => {
  class User {
    passwordHash = 'hush';
    joinedAt = new Date(0);
  }
  expect(redactSecrets(new User())).toEqual({
    passwordHash: '[redacted]',
    joinedAt: '1970-01-01T00:00:00.000Z',
  });
});

it('ends in objects that contain themselves', () => {
  const circle: Record<string, unknown> = { password: 'hush' };
  circle['self'] = circle;
  expect(JSON.stringify(redactSecrets(circle))).not.toContain('hush');
});

it('shows errors without what they carry, at every depth', () => {
  const error = Object.assign(new TypeError('as it is'), { code: 'E1', parameters: ['hush'] });
  const shown = { type: 'TypeError', message: 'as it is', code: 'E1' };
  const redacted = redactSecrets({ err: error, data: [{ err: error }] });
  expect(redacted).toMatchObject({ err: shown, data: [{ err: shown }] });
  expect(JSON.stringify(redacted)).not.toContain('hush');
});

it('leaves what emits events to the serializers', () => {
  const request = new EventEmitter();
  expect(redactSecrets({ req: request })).toEqual({ req: request });
});

it.each([
  ['/users', '/users'],
  ['/users?page=2&sortBy=name:ASC', '/users?page=2&sortBy=name:ASC'],
  ['/reset?token=hush&next=a?b', '/reset?token=[redacted]&next=a?b'],
  ['/reset?%74oken=hush', '/reset?%74oken=[redacted]'],
  ['/reset?%zz=1&password', '/reset?%zz=1&password=[redacted]'],
])('%s is logged as %s', (url, expected) => {
  expect(redactUrl(url)).toBe(expected);
});
