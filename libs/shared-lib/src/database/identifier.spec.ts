import { fitIdentifier } from './identifier';

const bytes = (name: string) => Buffer.byteLength(name);

it('leaves a name alone that PostgreSQL keeps whole', () => {
  expect(fitIdentifier('a'.repeat(63))).toBe('a'.repeat(63));
});

it('cuts a longer one to exactly what PostgreSQL keeps, and tells apart what was cut', () => {
  const first = fitIdentifier('a'.repeat(64));
  const second = fitIdentifier('a'.repeat(65));
  expect(first).toMatch(/^a{54}_[0-9a-f]{8}$/);
  expect(second).not.toBe(first);
  expect(fitIdentifier('a'.repeat(64))).toBe(first);
});

it('counts bytes, and never cuts a character in two', () => {
  const name = fitIdentifier('å'.repeat(40));
  expect(bytes(name)).toBeLessThanOrEqual(63);
  expect(name).toMatch(/^å{27}_[0-9a-f]{8}$/);
});
