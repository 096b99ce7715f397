import type { ValueTransformer } from 'typeorm';

/** RFC 5321 allows 254 octets; the legacy database allowed 255 characters, and no address may be cut. */
export const EMAIL_LENGTH = 255;

/** The one spelling under which an address is stored and looked up: without surrounding space, lower-case. */
export function normalizeEmail(email: string): string {
  return email.trim().toLowerCase();
}

/** Applies {@link normalizeEmail} to whatever is written to the column or compared with it. */
export const emailTransformer: ValueTransformer = {
  to: (value: unknown) => (typeof value === 'string' ? normalizeEmail(value) : value),
  from: (value: unknown) => value,
};
