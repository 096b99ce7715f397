/**
 * The formats of text columns: each is written once and used twice, by the CHECK of the entity and by the
 * validation of the DTO. They keep to the syntax that JavaScript and Postgres read alike, and hold no
 * single quote, so that they can stand in SQL as they are.
 */

/** A DNS label in lower case: what stands before `.hockeyhub.example`. */
export const SUBDOMAIN_FORMAT = '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$';

/** An sRGB colour, as `#0a64ff`. */
export const COLOR_FORMAT = '^#[0-9a-f]{6}$';

/** E.164: `+` and at most 15 digits, without spaces. */
export const PHONE_FORMAT = '^[+][1-9][0-9]{6,14}$';

/** A language tag of BCP 47, as `en`, `de-CH` or `zh-Hant`. */
export const LANGUAGE_FORMAT = '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$';

/** A SHA-256 in hexadecimal: a token stored unhashed by mistake does not look like this. */
export const SHA256_FORMAT = '^[0-9a-f]{64}$';

/** argon2id is what this service writes; bcrypt is what accounts bring along from the legacy database. */
export const PASSWORD_HASH_FORMAT = '^[$](argon2id|2[abxy])[$]';

/** Lower-case words joined by underscores. */
export const ROLE_NAME_FORMAT = '^[a-z]+(_[a-z]+)*$';

/** `<service>.<resource>.<action>`. */
export const PERMISSION_NAME_FORMAT = '^[a-z]+([.][a-z]+(_[a-z]+)*){2}$';
