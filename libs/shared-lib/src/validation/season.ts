/**
 * A season that spans two years (`2025-2026`) or a summer season (`2026`), as teams write it and every service after
 * them. Read alike by JavaScript and Postgres, and without a single quote, so that it can stand in a CHECK as it is.
 */
export const SEASON_FORMAT = '^[0-9]{4}(-[0-9]{4})?$';
