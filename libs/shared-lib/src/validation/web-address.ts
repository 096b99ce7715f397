/** What a column with a web address holds: written once, for the CHECK of the entity and for `IsWebAddress`. */

/** Only the web: an address such as `javascript:...` must never reach a page. Read alike by JavaScript and Postgres. */
export const WEB_ADDRESS_FORMAT = '^https?://';

/** The longest web address kept, in characters: what browsers and proxies agree on. */
export const WEB_ADDRESS_LENGTH = 2048;
