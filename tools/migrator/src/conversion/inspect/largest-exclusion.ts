/**
 * How large a table may be, in pages of 8 kB, whose exclusion constraint gets a counterpart: Postgres locks everybody out while it builds
 * one, and has no other way. Some 1,400 small rows. Measured on a busy machine with two cores: 30 to 50 µs a row.
 */
export const MOST_PAGES_OF_EXCLUSION = 16;
